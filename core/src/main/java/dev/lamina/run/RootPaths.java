// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import com.google.common.base.Splitter;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.RunException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds out where a path of a root leads, whether it is there yet or not. */
final class RootPaths {
  private static final int MAX_LINKS = 40;

  private RootPaths() {}

  /**
   * Returns the path with every link on the way followed inside the tree; from the first name on
   * that is not there, the rest is taken as it is.
   *
   * @throws RunException if there are more than 40 links
   */
  static TreePath resolve(FileTree tree, String path) throws RunException {
    Deque<String> names = new ArrayDeque<>(names(path));
    TreePath at = TreePath.ROOT;
    int links = 0;
    while (!names.isEmpty()) {
      String name = names.pop();
      if (name.equals(".")) {
        continue;
      }
      TreePath next = at.resolve("./" + name);
      Optional<Node> node = name.equals("..") ? Optional.empty() : tree.node(next);
      if (node.isPresent() && node.get() instanceof Node.Symlink link) {
        if (++links > MAX_LINKS) {
          throw new RunException(path + ": expected at most 40 links on the way, found more");
        }
        List<String> target = names(link.target());
        for (int i = target.size() - 1; i >= 0; i--) {
          names.push(target.get(i));
        }
        at = link.target().startsWith("/") ? TreePath.ROOT : at;
      } else {
        at = next;
      }
    }
    return at;
  }

  private static List<String> names(String path) {
    return Splitter.on('/').omitEmptyStrings().splitToList(path);
  }
}
