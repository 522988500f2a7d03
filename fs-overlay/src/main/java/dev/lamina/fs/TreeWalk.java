// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/** Visits every entry of a tree: directories before what is in them, names in byte order. */
final class TreeWalk {
  private TreeWalk() {}

  static void forEach(FileTree tree, BiConsumer<TreePath, Entry> action) {
    forEach(TreePath.ROOT, tree.rootEntry(), tree.links(), action);
  }

  /** Visits an entry and everything below it; not by recursion, since a tree may be very deep. */
  static void forEach(
      TreePath path, Entry entry, LinkTable links, BiConsumer<TreePath, Entry> action) {
    action.accept(path, entry);
    Deque<Level> levels = new ArrayDeque<>();
    enter(path, entry, links, levels);
    while (!levels.isEmpty()) {
      Level level = levels.getLast();
      if (level.cursor().atEnd()) {
        levels.removeLast();
        continue;
      }
      TreePath child = level.path().child(level.cursor().name());
      Entry value = level.cursor().value();
      level.cursor().next();
      action.accept(child, value);
      enter(child, value, links, levels);
    }
  }

  private static void enter(TreePath path, Entry entry, LinkTable links, Deque<Level> levels) {
    if (links.inode(entry) instanceof DirectoryInode directory && !directory.entries.isEmpty()) {
      levels.addLast(new Level(path, new NameCursor<>(directory.entries)));
    }
  }

  /** A directory on the way down, and where in it we are. */
  private record Level(TreePath path, NameCursor<Entry> cursor) {}
}
