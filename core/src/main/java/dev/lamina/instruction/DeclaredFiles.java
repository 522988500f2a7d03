// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.List;

/** Declares files as inputs for instructions that are not Docker's. */
public final class DeclaredFiles {
  private DeclaredFiles() {}

  /**
   * Declares a file, or all that is in a folder.
   *
   * @param where what to call the tree in a message
   * @throws StepException if there is nothing
   */
  public static void declare(FileTree tree, String path, String where, LayerInputs inputs)
      throws IOException, InterruptedException {
    TreePath place = tree.follow(TreePath.of(path));
    if (tree.node(place).isEmpty()) {
      throw new StepException("\"" + path + "\": not found in " + where);
    }
    new NodeDigests(tree, inputs, PatternFilters.excluding(List.of()))
        .declare(place, place.isRoot() ? "" : place.toString().substring(1));
  }
}
