// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.StepException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Follows links below a directory as if it were the root, but for links that climb out of it. */
final class ConfinedPaths {
  private static final int MAX_LINKS = 255;

  private final FileTree tree;
  private final TreePath root;

  ConfinedPaths(FileTree tree, TreePath root) {
    this.tree = tree;
    this.root = root;
  }

  /**
   * Returns where a path below the directory leads, seen from the tree's root.
   *
   * @param what names the path in messages
   * @throws StepException if a link's {@code ..} leads out of the directory
   */
  TreePath follow(TreePath path, String what) throws StepException, FileSystemException {
    Deque<String> rest = new ArrayDeque<>(path.names());
    TreePath at = root;
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      if (name.equals("..")) {
        if (at.equals(root)) {
          throw new StepException(what + ": path escapes from its directory");
        }
        at = at.parent();
        continue;
      }
      TreePath next = at.resolve(name);
      if (tree.node(next).orElse(null) instanceof Node.Symlink link) {
        if (++links > MAX_LINKS) {
          throw new FileSystemLoopException(what);
        }
        List<String> target = new ArrayList<>(List.of(link.target().split("/", -1)));
        Collections.reverse(target);
        target.stream().filter(part -> !part.isEmpty()).forEach(rest::addFirst);
        at = link.target().startsWith("/") ? root : at;
      } else {
        at = next;
      }
    }
    return at;
  }
}
