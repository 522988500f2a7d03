// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Follows links inside a tree, also where what they lead to is not there yet. */
final class RootPaths {
  private static final int MAX_LINKS = 255;

  private RootPaths() {}

  /**
   * Returns where a path leads, every link followed, with what does not exist taken as it is.
   *
   * @throws FileSystemLoopException if there are too many links
   */
  static TreePath follow(FileTree tree, TreePath path) throws FileSystemException {
    Deque<String> rest = new ArrayDeque<>(path.names());
    TreePath at = TreePath.ROOT;
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      TreePath next = at.resolve(name);
      if (!name.equals("..") && tree.node(next).orElse(null) instanceof Node.Symlink link) {
        if (++links > MAX_LINKS) {
          throw new FileSystemLoopException(path.toString());
        }
        List<String> target = new ArrayList<>(List.of(link.target().split("/", -1)));
        Collections.reverse(target);
        target.stream().filter(part -> !part.isEmpty()).forEach(rest::addFirst);
        at = link.target().startsWith("/") ? TreePath.ROOT : at;
      } else {
        at = next;
      }
    }
    return at;
  }
}
