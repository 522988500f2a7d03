// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.function.BiConsumer;

/** Goes through all entries of a frozen tree, a directory before what is in it. */
final class TreeWalk {
  private TreeWalk() {}

  static void forEach(FileTree tree, BiConsumer<TreePath, Entry> action) {
    walk(TreePath.ROOT, tree.rootEntry(), tree.links(), action);
  }

  private static void walk(
      TreePath path, Entry entry, LinkTable links, BiConsumer<TreePath, Entry> action) {
    action.accept(path, entry);
    if (links.inode(entry) instanceof DirectoryInode directory) {
      directory.entries.forEach((name, child) -> walk(path.child(name), child, links, action));
    }
  }
}
