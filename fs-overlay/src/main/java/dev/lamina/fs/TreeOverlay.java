// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.annotation.Nullable;

/** Lays an {@link UpperTree} over another: goes where both have a directory, and nowhere else. */
final class TreeOverlay {
  private final UpperTree upper;
  private final LinkTable upperLinks;
  private final LiveTree live;
  private final LinkAdoption adoption;
  private final Deque<Pair> todo =
      new ArrayDeque<>(); // no recursion, since a tree may be very deep

  TreeOverlay(UpperTree upper, FileTree lower) {
    this.upper = upper;
    this.upperLinks = upper.tree().links();
    this.live = new LiveTree(lower, Spill.UNUSED);
    this.adoption = new LinkAdoption(upperLinks, live);
  }

  /** A directory that both have. */
  private record Pair(TreePath path, Place place, DirectoryInode directory) {}

  Optional<FileTree> apply() throws IOException {
    new TreeApply(live).apply(upper.removals());
    DirectoryInode root = (DirectoryInode) upperLinks.inode(upper.tree().rootEntry());
    enter(TreePath.ROOT, live.ownRoot(), root);
    while (!todo.isEmpty()) {
      if (!merge(todo.pop())) {
        return Optional.empty();
      }
    }
    return Optional.of(live.freeze());
  }

  private void enter(TreePath path, Place place, DirectoryInode directory) {
    if (!upper.implied().contains(path)) {
      place.cell().set(place.cell().directory().with(directory.metadata()));
    }
    todo.push(new Pair(path, place, directory));
  }

  /** Returns false if something is in the way of a directory that isn't put. */
  private boolean merge(Pair pair) throws IOException {
    NameCursor<Entry> names = new NameCursor<>(pair.directory().entries);
    for (; !names.atEnd(); names.next()) {
      byte[] name = names.name();
      Entry entry = names.value();
      Entry old = live.getOrNull(pair.place(), name);
      Inode below = old == null ? null : live.inode(old);
      if (entry instanceof LinkRef link) {
        live.names.put(pair.place(), name, adoption.adopt(link));
      } else if (!(upperLinks.inode(entry) instanceof DirectoryInode directory)) {
        live.names.put(pair.place(), name, upperLinks.inode(entry));
      } else if (below instanceof DirectoryInode) {
        TreePath path = pair.path().child(name);
        enter(path, live.ownDirectory(pair.place(), name, path), directory);
      } else if (isInTheWay(below, pair.path(), name)) {
        return false;
      } else {
        live.names.put(
            pair.place(), name, directory.hasLinks() ? adoption.adopt(directory) : directory);
      }
    }
    return true;
  }

  private boolean isInTheWay(@Nullable Inode below, TreePath directory, byte[] name) {
    return below != null && upper.implied().contains(directory.child(name));
  }
}
