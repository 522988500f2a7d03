// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.path.PathFilter;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A file whose content stands in the Dockerfile.
 *
 * @param name what it is called if the destination is a directory
 * @param body what is in it
 */
record HeredocItem(String name, String body) implements CopyItem {
  private static final int MODE = 0644;

  @Override
  public void declare(LayerInputs inputs) {
    inputs.add("heredoc " + name, body);
  }

  @Override
  public void copy(LayerContext layer, CopyOptions options, String destination) throws IOException {
    TreePath file = TreePath.of(SlashPath.absolute(name));
    if (file.depth() != 1) {
      throw new StepException("open " + file + ": no such file or directory"); // only a name fits
    }
    Content content = Content.of(body.getBytes(StandardCharsets.UTF_8));
    Node node = Node.file(Metadata.of(MODE, layer.now()), content);
    FileTree tree = FileTree.empty().graft(file, node);
    CopyOptions asItself = new CopyOptions(options.owner(), options.mode(), false, false);
    new TreeCopier(layer.fileSystem(), asItself, layer.now())
        .copy(tree, file.toString(), destination, PathFilter.ALL);
  }
}
