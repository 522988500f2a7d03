// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Docker's view of a difference. */
final class TreeCompare {
  private final FileTree base;
  private final FileTree tree;
  private final boolean sameLinks;
  private final List<PathChange> found = new ArrayList<>();
  private final Deque<Step> todo = new ArrayDeque<>();

  TreeCompare(FileTree base, FileTree tree) {
    this.base = base;
    this.tree = tree;
    this.sameLinks = base.links() == tree.links();
  }

  /** Something to be done when its turn comes: there is no recursion, since a tree may be deep. */
  private interface Step {
    void run();
  }

  List<PathChange> compare() {
    Inode was = base.links().inode(base.rootEntry());
    Inode is = tree.links().inode(tree.rootEntry());
    if (base.rootEntry() != tree.rootEntry() || !sameLinks) {
      compareChildren(TreePath.ROOT, (DirectoryInode) was, (DirectoryInode) is);
    }
    while (!todo.isEmpty()) {
      todo.pop().run();
    }
    found.sort(Comparator.comparing(c -> c.path().toString(), FileNames.byteOrder()));
    return List.copyOf(found);
  }

  private void add(PathChange.Kind kind, TreePath path) {
    found.add(new PathChange(kind, path));
  }

  private void compareChildren(TreePath path, DirectoryInode before, DirectoryInode now) {
    NameCursor<Entry> a = new NameCursor<>(before.entries);
    NameCursor<Entry> b = new NameCursor<>(now.entries);
    boolean skip = sameLinks || !now.hasLinks();
    while (true) {
      if (skip) {
        NameCursor.skipShared(a, b);
      }
      if (a.atEnd() && b.atEnd()) {
        return;
      }
      int order = NameCursor.compare(a, b);
      if (order < 0) {
        add(PathChange.Kind.DELETED, path.child(a.name()));
      } else if (order > 0) {
        addAll(path.child(b.name()), b.value());
      } else {
        TreePath child = path.child(b.name());
        Entry old = a.value();
        Entry value = b.value();
        if (old != value || !(sameLinks || !value.hasLinks())) {
          todo.push(() -> compare(child, old, value));
        }
      }
      if (order <= 0) {
        a.next();
      }
      if (order >= 0) {
        b.next();
      }
    }
  }

  private void compare(TreePath path, Entry before, Entry now) {
    Inode was = base.links().inode(before);
    Inode is = tree.links().inode(now);
    if (was instanceof DirectoryInode oldDirectory && is instanceof DirectoryInode directory) {
      int size = found.size();
      // A directory's own time changes with its children; Docker looks at its attributes alone.
      todo.push(
          () -> {
            if (found.size() > size || !was.attributes.equals(is.attributes)) {
              add(PathChange.Kind.CHANGED, path);
            }
          });
      if (oldDirectory.entries != directory.entries || (!sameLinks && directory.hasLinks())) {
        compareChildren(path, oldDirectory, directory);
      }
    } else if (!TreeDiff.sameInode(was, is)) {
      add(PathChange.Kind.CHANGED, path);
      if (is instanceof DirectoryInode directory) {
        directory.entries.forEach((name, child) -> addAll(path.child(name), child));
      }
    }
  }

  private void addAll(TreePath path, Entry entry) {
    TreeWalk.forEach(path, entry, tree.links(), (each, its) -> add(PathChange.Kind.ADDED, each));
  }
}
