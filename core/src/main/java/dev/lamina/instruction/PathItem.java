// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.path.PathFilter;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files of the build context, a stage or an image.
 *
 * @param source where they are
 * @param pattern which
 * @param filter what of them, by paths relative to each
 * @param required a path below the one meant of which something must be included
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
    if (!pattern.isWild()) { // else its matches are checked one by one
      requireMeant(tree);
    }
    if (unpacks) {
      inputs.add("unpack", "true");
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

  @Override
  public void checkSource(FileSource from, FileTree tree) throws IOException {
    if (!from.equals(source)) {
      return;
    }
    if (pattern.isWild()) {
      for (String match : pattern.startsIn(tree) ? pattern.matches(tree) : List.<String>of()) {
        requireThere(tree, match); // it may be a link to nothing
      }
    } else {
      requireMeant(tree);
    }
  }

  /** Fails if the one path meant isn't there, or nothing of what must be copied from it. */
  private void requireMeant(FileTree tree) throws IOException {
    if (required.isEmpty()) {
      requireThere(tree, pattern.text());
      if (filter != PathFilter.ALL && pattern.text().equals("/")) {
        requireLinksLead(tree);
      }
    } else if (!includes(tree, required.get())) {
      throw missing(SlashPath.join(pattern.text(), required.get()));
    }
  }

  /**
   * Fails if a link directly below the root leads nowhere. BuildKit sums up what a source with
   * patterns includes by following the links at its top, as it follows those that a wildcard
   * matches; only the root itself is no name that would stand above them.
   */
  private void requireLinksLead(FileTree tree) throws IOException {
    List<String> links = new ArrayList<>();
    tree.root()
        .forEach(
            (name, child) -> {
              if (child instanceof Node.Symlink && filter.includes(name)) {
                links.add("/" + name);
              }
            });
    for (String link : links) {
      requireThere(tree, link);
    }
  }

  /**
   * Tells whether a path is copied or something below it; what is copied isn't reached by links.
   */
  private boolean includes(FileTree tree, String path) throws IOException {
    if (path.isEmpty()) {
      return false;
    }
    TreePath start = tree.follow(TreePath.of(pattern.text()));
    Optional<Node> node = tree.node(TreePath.of(start + "/" + path));
    return node.isPresent() && includes(path, node.get());
  }

  private boolean includes(String path, Node node) {
    if (filter.includes(path)) {
      return true;
    }
    boolean[] found = {false};
    if (node instanceof Node.Directory directory && filter.mayIncludeBelow(path)) {
      directory.forEach((name, child) -> found[0] |= includes(path + "/" + name, child));
    }
    return found[0];
  }

  private void requireThere(FileTree tree, String path) throws IOException {
    if (tree.node(tree.follow(TreePath.of(path))).isEmpty()) {
      throw missing(path);
    }
  }

  private StepException missing(String path) {
    return new StepException(
        "\""
            + path
            + "\": not found: lstat "
            + path
            + ": no such file or directory in "
            + source.name());
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
