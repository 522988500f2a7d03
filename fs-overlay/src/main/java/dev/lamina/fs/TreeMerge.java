// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.Nullable;

/** Lays what theirs changed, as far as it goes together with what ours changed, over ours. */
final class TreeMerge {
  private final FileTree base;
  private final FileTree ours;
  private final FileTree theirs;
  private final NavigableMap<TreePath, Change> ourChanges;
  private final NavigableMap<TreePath, Change> theirChanges;
  private final List<Merge.Conflict> conflicts = new ArrayList<>();
  private final Changes.Builder taken = Changes.builder();
  private final Map<Long, TreePath> firstNames = new HashMap<>();
  private final Set<TreePath> closed = new HashSet<>();

  TreeMerge(FileTree base, FileTree ours, FileTree theirs) {
    this.base = base;
    this.ours = ours;
    this.theirs = theirs;
    this.ourChanges = byPath(ours.diff(base));
    this.theirChanges = byPath(theirs.diff(base));
  }

  /** A diff has at most one change for each path. */
  private static NavigableMap<TreePath, Change> byPath(Changes changes) {
    NavigableMap<TreePath, Change> map = new TreeMap<>();
    changes.forEach(change -> map.put(change.path(), change));
    return map;
  }

  Merge merge() throws IOException {
    for (Change change : theirChanges.values()) {
      TreePath path = change.path();
      if (isBelow(path, closed)) {
        continue; // what is above is a conflict already
      }
      if (change instanceof Change.Remove) {
        remove(path);
      } else {
        put(path, Nodes.inode(theirs.node(path).orElseThrow()));
      }
    }
    return new Merge(ours.apply(taken.build()), conflicts);
  }

  private static boolean isBelow(TreePath path, Set<TreePath> above) {
    if (above.isEmpty()) {
      return false;
    }
    for (TreePath p = path; !p.isRoot(); p = p.parent()) {
      if (above.contains(p)) {
        return true;
      }
    }
    return false;
  }

  private void conflict(TreePath path, Merge.Kind kind) {
    conflicts.add(
        new Merge.Conflict(path, kind, base.node(path), ours.node(path), theirs.node(path)));
    closed.add(path);
  }

  /** Theirs removed what is at {@code path}. */
  private void remove(TreePath path) {
    Optional<Node> left = ours.node(path);
    if (left.isEmpty()) {
      return; // so did ours
    }
    if (changedBelow(ourChanges, path)) {
      conflict(path, Merge.Kind.CHANGED_AND_DELETED);
    } else {
      taken.remove(path);
    }
  }

  /** Whether a side changed something at or below {@code path} that it still has. */
  private boolean changedBelow(NavigableMap<TreePath, Change> changes, TreePath path) {
    for (Change change : changes.tailMap(path, true).values()) {
      if (!change.path().startsWith(path)) {
        return false;
      }
      if (!(change instanceof Change.Remove) && !isTimeOfDirectory(change)) {
        return true;
      }
    }
    return false;
  }

  /** A directory that has got another time only, as it does when there is a change in it. */
  private boolean isTimeOfDirectory(Change change) {
    Inode before = base.inodeOrNull(change.path());
    return change instanceof Change.Put put
        && before instanceof DirectoryInode
        && put.node() instanceof Node.Directory now
        && before.attributes.equals(Nodes.inode(now).attributes);
  }

  /** Theirs put something, or changed what was there. */
  private void put(TreePath path, Inode their) throws IOException {
    Inode our = ours.inodeOrNull(path);
    Inode was = base.inodeOrNull(path);
    boolean replaces = was instanceof DirectoryInode && !(their instanceof DirectoryInode);
    TreePath lost = our == null ? lostParent(path) : null;
    if (lost != null) {
      Change change = theirChanges.get(path);
      if (was == null || change == null || !isTimeOfDirectory(change)) {
        conflict(lost, Merge.Kind.CHANGED_AND_DELETED);
      }
    } else if (replaces && our instanceof DirectoryInode && changedBelow(ourChanges, path)) {
      conflict(path, Merge.Kind.CHANGED_AND_DELETED);
    } else if (!ourChanges.containsKey(path)) {
      take(path, their);
    } else if (our == null) {
      putWhatOursRemoved(path);
    } else {
      putWhatOursPut(path, was, our, their);
    }
  }

  /** The directory on the way that theirs needs and ours has not got any more. */
  private @Nullable TreePath lostParent(TreePath path) {
    TreePath lost = null;
    for (TreePath p = path.parent(); !p.isRoot(); p = p.parent()) {
      if (!(ours.inodeOrNull(p) instanceof DirectoryInode)
          && base.inodeOrNull(p) instanceof DirectoryInode) {
        lost = p;
      }
    }
    return lost;
  }

  private void putWhatOursRemoved(TreePath path) {
    Change change = theirChanges.get(path);
    if (change == null || !isTimeOfDirectory(change)) {
      conflict(path, Merge.Kind.CHANGED_AND_DELETED);
    }
  }

  private void putWhatOursPut(TreePath path, @Nullable Inode was, Inode our, Inode their)
      throws IOException {
    if (isSame(path, our, their)) {
      return;
    }
    boolean directories = our instanceof DirectoryInode && their instanceof DirectoryInode;
    boolean several = ours.linkCount(path) > 1 || theirs.linkCount(path) > 1;
    if (was == null && !directories) {
      conflict(path, Merge.Kind.BOTH_ADDED);
    } else if (several) {
      conflict(path, Merge.Kind.BOTH_CHANGED);
    } else if (was != null && isOneReplaced(was, our, their)) {
      putReplaced(path, was, our, their);
    } else {
      putMerged(path, was, our, their);
    }
  }

  /** Whether both sides have the same there, and under the same names. */
  private boolean isSame(TreePath path, Inode our, Inode their) {
    if (our instanceof DirectoryInode || their instanceof DirectoryInode) {
      return our instanceof DirectoryInode
          && their instanceof DirectoryInode
          && our.sameMetadata(their);
    }
    return TreeDiff.sameInode(our, their)
        && names(ours, ourChanges, path).equals(names(theirs, theirChanges, path));
  }

  /** The names of a changed inode, all of which are in the diff. */
  private static Set<TreePath> names(
      FileTree tree, NavigableMap<TreePath, Change> changes, TreePath path) {
    if (tree.linkCount(path) < 2) {
      return Set.of(path);
    }
    long id = tree.linkId(path).orElseThrow();
    Set<TreePath> names = new HashSet<>();
    for (TreePath each : changes.keySet()) {
      if (tree.linkCount(each) > 1 && tree.linkId(each).orElseThrow() == id) {
        names.add(each);
      }
    }
    return names;
  }

  /** Whether one side, and not the other, put something of another kind there. */
  private static boolean isOneReplaced(Inode was, Inode our, Inode their) {
    return (was.getClass() == our.getClass()) != (was.getClass() == their.getClass());
  }

  /** One side has something else there; that goes together with nothing but a new time. */
  private void putReplaced(TreePath path, Inode was, Inode our, Inode their) {
    boolean oursReplaces = was.getClass() != our.getClass();
    Inode other = oursReplaces ? their : our;
    boolean directory = was instanceof DirectoryInode;
    boolean same =
        other.attributes.equals(was.attributes)
            && sameContent(was, other)
            && (directory || other.sameMtime(was));
    if (!same) {
      conflict(path, directory ? Merge.Kind.CHANGED_AND_DELETED : Merge.Kind.BOTH_CHANGED);
    } else if (!oursReplaces) {
      take(path, their);
    }
  }

  /** Content and attributes apart; the later time. */
  private void putMerged(TreePath path, @Nullable Inode was, Inode our, Inode their)
      throws IOException {
    boolean ourContent = was == null || !sameContent(was, our);
    boolean theirContent = was == null || !sameContent(was, their);
    if (ourContent && theirContent && !sameContent(our, their)) {
      conflict(path, Merge.Kind.BOTH_CHANGED);
      return;
    }
    boolean ourAttributes = was == null || !was.attributes.equals(our.attributes);
    boolean theirAttributes = was == null || !was.attributes.equals(their.attributes);
    if (ourAttributes && theirAttributes && !our.attributes.equals(their.attributes)) {
      conflict(path, Merge.Kind.BOTH_CHANGED_ATTRIBUTES);
      closed.remove(path); // what is in a directory is not concerned
      return;
    }
    Inode merged = theirContent ? their : our;
    merged = merged.withAttributes(theirAttributes ? their.attributes : our.attributes);
    boolean ourTimeIsLater = our.mtime().isAfter(their.mtime());
    take(path, merged.withMtime(ourTimeIsLater ? our.mtime() : their.mtime()));
  }

  private static boolean sameContent(Inode a, Inode b) {
    if (a instanceof DirectoryInode && b instanceof DirectoryInode) {
      return true;
    }
    return a.getClass() == b.getClass()
        && !(a instanceof DirectoryInode)
        && TreeDiff.sameInode(a.withAttributes(b.attributes).withMtime(b.mtime()), b);
  }

  private void take(TreePath path, Inode inode) {
    if (theirs.linkCount(path) > 1) {
      TreePath first = firstNames.putIfAbsent(theirs.linkId(path).orElseThrow(), path);
      if (first != null) {
        taken.link(path, first);
        return;
      }
    }
    taken.put(
        path,
        inode instanceof DirectoryInode
            ? Node.directory(inode.metadata())
            : inode.node(theirs.links()));
  }
}
