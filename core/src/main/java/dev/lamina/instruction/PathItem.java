// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.path.PathFilter;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Files of the build context, a stage or an image.
 *
 * @param source where they are
 * @param pattern which
 * @param filter what of them, by paths relative to each
 * @param required a path that must be there although the pattern matches something else
 * @param unpacks whether an archive stands for what is in it
 */
record PathItem(
    FileSource source,
    SourcePattern pattern,
    PathFilter filter,
    Optional<String> required,
    boolean unpacks)
    implements CopyItem {

  @Override
  public void declare(LayerInputs inputs) throws IOException, InterruptedException {
    FileTree tree = inputs.tree(source);
    pattern.requireSound();
    if (required.isPresent()) {
      requireThere(tree, required.get());
    }
    List<String> matches = pattern.matches(tree);
    if (matches.isEmpty()) {
      inputs.warn(
          "WildcardMatchesNothing",
          "nothing in the " + source.name() + " matches " + pattern.text());
    }
    for (String match : matches) {
      requireThere(tree, match);
      TreePath path = tree.follow(TreePath.of(match));
      String name = match.equals("/") ? "" : SourcePattern.name(match);
      inputs.add("source", name);
      new NodeDigests(tree, inputs, filter).declare(path, name);
    }
  }

  private void requireThere(FileTree tree, String path) throws IOException {
    if (tree.node(tree.follow(TreePath.of(path))).isEmpty()) {
      throw new StepException(
          "\""
              + path
              + "\": not found: lstat "
              + path
              + ": no such file or directory in "
              + source.name());
    }
  }

  @Override
  public void copy(LayerContext layer, CopyOptions options, String destination)
      throws IOException, InterruptedException {
    FileTree tree = layer.tree(source);
    TreeCopier copier = new TreeCopier(layer.fileSystem(), options, layer.now());
    for (String match : pattern.matches(tree)) {
      if (!unpacks || !unpack(tree, match, layer, options, destination)) {
        copier.copy(tree, match, destination, filter);
      }
    }
  }

  private static boolean unpack(
      FileTree tree, String match, LayerContext layer, CopyOptions options, String destination)
      throws IOException, InterruptedException {
    TreePath path = tree.follow(TreePath.of(match));
    return tree.node(path).orElse(null) instanceof Node.File file
        && Archive.unpack(match, file.content(), layer, options, destination);
  }
}
