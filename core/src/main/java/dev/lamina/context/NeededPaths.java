// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.path.Glob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The part of a context that a build looks at, as BuildKit sends it: what the paths and patterns
 * name, with what is below it, the directories above it, and what links on the way lead to. A
 * pattern that matches nothing brings nothing, not even the directory it looks into.
 */
final class NeededPaths {
  private final FileTree tree;
  private final Set<TreePath> found = new HashSet<>();
  private final Set<String> done = new HashSet<>();

  private NeededPaths(FileTree tree) {
    this.tree = tree;
  }

  static FileTree of(FileTree tree, Set<String> needed) throws IOException {
    if (needed.stream().map(TreePath::of).anyMatch(TreePath::isRoot)) {
      return tree;
    }
    NeededPaths paths = new NeededPaths(tree);
    for (String path : needed) {
      paths.find(TreePath.ROOT, TreePath.of(path).names());
    }
    return paths.part();
  }

  private void find(TreePath at, List<String> names) {
    if (names.isEmpty()) {
      found.add(at);
      return;
    }
    if (!done.add(at + "\0" + String.join("/", names))) {
      return; // a loop of links, or the same path again
    }
    Node node = tree.node(at).orElse(null);
    if (!(node instanceof Node.Directory directory)) {
      return;
    }
    List<String> rest = names.subList(1, names.size());
    if (Glob.hasWildcards(names.get(0))) {
      Glob glob = Glob.compile(names.get(0));
      directory.forEach(
          (name, child) -> {
            if (glob.matches(name)) {
              enter(at, name, child, rest);
            }
          });
    } else {
      String name = names.get(0);
      directory.child(name).ifPresent(child -> enter(at, name, child, rest));
    }
  }

  private void enter(TreePath at, String name, Node child, List<String> rest) {
    TreePath path = at.resolve(name);
    if (child instanceof Node.Symlink link) {
      found.add(path);
      TreePath target = at.resolve(link.target());
      List<String> whole = new ArrayList<>(target.names());
      whole.addAll(rest);
      find(TreePath.ROOT, List.copyOf(whole));
    } else {
      find(path, rest);
    }
  }

  private FileTree part() throws IOException {
    Set<TreePath> above = new HashSet<>();
    for (TreePath path : found) {
      for (TreePath at = path.parent(); !at.isRoot(); at = at.parent()) {
        above.add(at);
      }
    }
    Changes.Builder changes = Changes.builder();
    Map<Long, TreePath> linked = new HashMap<>();
    tree.forEach(
        (path, node) -> {
          if (path.isRoot() || above.contains(path) || isFound(path)) {
            OptionalLong link = tree.linkId(path);
            TreePath first = link.isPresent() ? linked.putIfAbsent(link.getAsLong(), path) : null;
            if (first == null) {
              changes.put(path, node);
            } else {
              changes.link(path, first);
            }
          }
        });
    return FileTree.empty().apply(changes.build());
  }

  private boolean isFound(TreePath path) {
    for (TreePath at = path; !at.isRoot(); at = at.parent()) {
      if (found.contains(at)) {
        return true;
      }
    }
    return found.contains(TreePath.ROOT);
  }
}
