// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;

/** Finds the changes that make one tree of another; goes only where the two are not shared. */
final class TreeDiff {
  private final FileTree base;
  private final FileTree tree;
  private final boolean sameLinks;
  private final Map<Long, LinkGroup> groups = new HashMap<>();
  private final List<Found> found = new ArrayList<>();
  private final Deque<Pair> todo = new ArrayDeque<>();

  TreeDiff(FileTree base, FileTree tree) {
    this.base = base;
    this.tree = tree;
    this.sameLinks = base.links() == tree.links();
  }

  /** What the two trees have at a path; nothing before if it is new. */
  private record Pair(TreePath path, @Nullable Entry before, Entry now) {}

  /** A path that is removed (no entry), or put. */
  private record Found(TreePath path, @Nullable Entry entry) {}

  Changes diff() {
    todo.push(new Pair(TreePath.ROOT, base.rootEntry(), tree.rootEntry()));
    while (!todo.isEmpty()) { // no recursion, since a tree may be very deep
      Pair next = todo.pop();
      if (next.before() == null) {
        addAll(next.path(), next.now());
      } else {
        compare(next.path(), next.before(), next.now());
      }
    }
    addOtherNames();
    Changes.Builder changes = Changes.builder();
    Map<Long, TreePath> firstNames = new HashMap<>();
    for (Found change : found) {
      Entry entry = change.entry();
      if (entry == null) {
        changes.remove(change.path());
      } else if (entry instanceof LinkRef ref && tree.links().count(ref) > 1) {
        if (!group(ref).changed()) {
          continue;
        }
        TreePath first = firstNames.putIfAbsent(ref.id, change.path());
        if (first == null) {
          changes.put(change.path(), tree.links().node(entry));
        } else {
          changes.link(change.path(), first);
        }
      } else {
        changes.put(change.path(), shallow(tree.links().inode(entry)));
      }
    }
    return changes.build();
  }

  private Node shallow(Inode inode) {
    return inode instanceof DirectoryInode
        ? Node.directory(inode.metadata())
        : inode.node(tree.links());
  }

  private LinkGroup group(LinkRef ref) {
    return groups.computeIfAbsent(ref.id, id -> new LinkGroup(tree.links().count(ref)));
  }

  /** Compares two entries with the same path. */
  private void compare(TreePath path, Entry before, Entry now) {
    boolean shared = before == now;
    if (shared && (sameLinks || !now.hasLinks())) {
      return;
    }
    Inode was = base.links().inode(before);
    Inode is = tree.links().inode(now);
    if (was instanceof DirectoryInode oldDirectory && is instanceof DirectoryInode directory) {
      if (!was.sameMetadata(is)) {
        found.add(new Found(path, now));
      }
      if (oldDirectory.entries != directory.entries || (!sameLinks && directory.hasLinks())) {
        compareChildren(path, oldDirectory, directory);
      }
    } else if (is instanceof DirectoryInode) {
      addAll(path, now);
    } else {
      compareOthers(path, before, now, was == is || sameInode(was, is));
    }
  }

  private void compareOthers(TreePath path, Entry before, Entry now, boolean same) {
    if (now instanceof LinkRef ref && tree.links().count(ref) > 1) {
      found.add(new Found(path, now));
      group(ref)
          .add(same && before instanceof LinkRef old ? old.id : -1, base.links().count(before));
    } else if (!same || (base.links().count(before) > 1 && isElsewhere(before, now))) {
      found.add(new Found(path, now));
    }
  }

  /** Whether {@code now} was cut off from the other names {@code before} had. */
  private boolean isElsewhere(Entry before, Entry now) {
    long id = ((LinkRef) before).id;
    return !(now instanceof LinkRef ref && ref.id == id);
  }

  /** Removals come first, then what is changed or new in the order of names. */
  private void compareChildren(TreePath path, DirectoryInode before, DirectoryInode now) {
    NameCursor<Entry> a = new NameCursor<>(before.entries);
    NameCursor<Entry> b = new NameCursor<>(now.entries);
    List<Pair> pairs = new ArrayList<>();
    boolean skip = sameLinks || !now.hasLinks();
    while (true) {
      if (skip) {
        NameCursor.skipShared(a, b);
      }
      if (a.atEnd() && b.atEnd()) {
        break;
      }
      int order = NameCursor.compare(a, b);
      if (order < 0) {
        found.add(new Found(path.child(a.name()), null));
        a.next();
      } else {
        Entry old = order == 0 ? a.value() : null;
        if (old != b.value() || !skip) {
          pairs.add(new Pair(path.child(b.name()), old, b.value()));
        }
        b.next();
        if (order == 0) {
          a.next();
        }
      }
    }
    for (int i = pairs.size() - 1; i >= 0; i--) {
      todo.push(pairs.get(i));
    }
  }

  private void addAll(TreePath path, Entry entry) {
    TreeWalk.forEach(
        path,
        entry,
        tree.links(),
        (each, its) -> {
          found.add(new Found(each, its));
          if (its instanceof LinkRef ref) {
            group(ref).add(-1, 0);
          }
        });
  }

  /** Names of changed inodes that were not met because their directories are as they were. */
  private void addOtherNames() {
    boolean all = true;
    for (LinkGroup group : groups.values()) {
      all &= !group.changed() || group.complete();
    }
    if (all) {
      return;
    }
    Set<TreePath> met = new HashSet<>();
    found.forEach(f -> met.add(f.path()));
    addOtherNames(TreePath.ROOT, tree.rootEntry(), met);
    found.sort(TreeDiff::walkOrder);
  }

  private void addOtherNames(TreePath path, Entry entry, Set<TreePath> met) {
    TreeWalk.forEach(
        path,
        entry,
        tree.links(),
        (each, its) -> {
          LinkGroup group = its instanceof LinkRef ref ? groups.get(ref.id) : null;
          if (group != null && group.changed() && !met.contains(each)) {
            found.add(new Found(each, its));
          }
        });
  }

  /** Order of a walk in which removals come before everything else in their directory. */
  private static int walkOrder(Found a, Found b) {
    byte[][] x = a.path().rawNames();
    byte[][] y = b.path().rawNames();
    for (int i = 0; i < x.length && i < y.length; i++) {
      boolean aRemoves = a.entry() == null && i == x.length - 1;
      boolean bRemoves = b.entry() == null && i == y.length - 1;
      if (aRemoves != bRemoves) {
        return aRemoves ? -1 : 1;
      }
      int order = Arrays.compareUnsigned(x[i], y[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(x.length, y.length);
  }

  /** Whether nobody could tell two inodes apart. */
  static boolean sameInode(Inode a, Inode b) {
    if (a == b) {
      return true;
    }
    if (!a.sameMetadata(b)) {
      return false;
    }
    if (a instanceof FileInode x && b instanceof FileInode y) {
      return sameContent(x.content(), y.content());
    }
    return a.equals(b);
  }

  static boolean sameContent(Content a, Content b) {
    if (a == b || a.equals(b)) {
      return true;
    }
    try {
      return a.size() == b.size() && ContentSlice.sameBytes(a, b);
    } catch (IOException e) {
      return false; // what can't be read is not known to be the same
    }
  }
}
