// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What can be done to the names of a live tree: entries are put into directories, taken out and
 * moved, and what hangs on them follows: places, readers, counts of links. Under the tree's lock;
 * directories that are handed in are cells of this epoch.
 */
final class LiveNames {
  private final LiveTree tree;

  LiveNames(LiveTree tree) {
    this.tree = tree;
  }

  /** Puts an entry into a directory; what was there loses this name. */
  void put(Place directory, byte[] name, Entry entry) {
    Cell cell = directory.cell();
    Entry old = cell.directory().get(name);
    cell.set(cell.directory().withEntry(name, entry));
    if (entry.hasLinks()) {
      flagLinks(directory);
    }
    boolean counted = entry instanceof LinkRef; // as one name more, even if it was here before
    if (old != null && (old != entry || counted)) {
      drop(directory, name, old);
    }
  }

  /** Puts a new inode into a directory as a cell, so that it has a number of its own. */
  Cell create(Place directory, byte[] name, Inode inode) {
    Cell cell = new Cell(tree.token(), InodeNumbers.next(), inode);
    if (inode instanceof DirectoryInode) {
      new Place(directory, name).setCell(cell);
    }
    put(directory, name, cell);
    return cell;
  }

  private static void flagLinks(Place directory) {
    Place p = directory.parentOrNull();
    while (p != null && !p.cell().hasLinks()) {
      p.cell().set(p.cell().directory().withLinksBelow());
      p = p.parentOrNull();
    }
  }

  /** Takes a name out of a directory. */
  void remove(Place directory, byte[] name) {
    Cell cell = directory.cell();
    Entry old = cell.directory().get(name);
    if (old != null) {
      cell.set(cell.directory().withoutEntry(name));
      drop(directory, name, old);
    }
  }

  /** Takes all names out of a directory. */
  void clear(Place directory) {
    DirectoryInode old = directory.cell().directory();
    directory.cell().set(old.withEntries(NameMap.empty()));
    old.entries.forEach((name, entry) -> drop(directory, name, entry));
  }

  /** Moves an entry; what was at the new name is dropped. */
  void move(Place from, byte[] name, Place to, byte[] newName, long now) {
    Entry entry = tree.getOrNull(from, name);
    if (!(entry instanceof LinkRef)) {
      Cell cell = tree.own(from, name);
      cell.set(cell.inode(), now);
      entry = cell;
    }
    byte[][] oldNames = from.namesOrNull();
    if (entry instanceof Cell cell && cell.placeOrNull() != null) {
      LiveTree.placeOf(cell).moveTo(to, newName);
    }
    Entry replaced = tree.getOrNull(to, newName);
    DirectoryInode target = to.cell().directory().withEntry(newName, entry);
    to.cell().set(from == to ? target.withoutEntry(name) : target);
    if (from != to) {
      from.cell().set(from.cell().directory().withoutEntry(name));
    }
    if (entry.hasLinks()) {
      flagLinks(to);
    }
    if (replaced != null) {
      drop(to, newName, replaced);
    }
    byte[][] newNames = to.namesOrNull();
    if (!tree.lowerFiles.isEmpty() && oldNames != null && newNames != null) {
      tree.lowerFiles.move(Names.append(oldNames, name), Names.append(newNames, newName));
    }
  }

  /** Does what has to be done about an entry that lost its name. */
  private void drop(Place directory, byte[] name, Entry entry) {
    if (entry instanceof Cell cell) {
      Place place = cell.placeOrNull();
      if (place != null && place.holds(entry, directory, name)) {
        place.detach();
      } else if (place == null) {
        tree.freeContent(cell);
      }
    }
    if (!tree.lowerFiles.isEmpty()) {
      byte[][] names = directory.namesOrNull();
      if (names != null) {
        tree.lowerFiles.detachBelow(Names.append(names, name));
      }
    }
    release(entry);
  }

  /** Counts the links that {@code entry}, which nobody holds any more, was or had below it. */
  private void release(Entry entry) {
    Deque<Entry> todo = new ArrayDeque<>();
    todo.push(entry);
    while (!todo.isEmpty()) {
      Entry next = todo.pop();
      if (next instanceof LinkRef ref) {
        release(ref);
      } else if (next.hasLinks() && tree.inode(next) instanceof DirectoryInode directory) {
        directory.entries.forEach((name, child) -> todo.push(child));
      }
    }
  }

  private void release(LinkRef ref) {
    LinkTable.Target target = tree.links().get(ref.id);
    if (target.count() > 1) {
      tree.setLinks(tree.links().with(ref.id, target.withCount(target.count() - 1)));
    } else {
      tree.setLinks(tree.links().without(ref.id));
      tree.detach(target.entry());
      tree.lowerFiles.detach(ref);
    }
  }

  /** Gives what is called {@code name} in {@code directory} one more name. */
  LinkRef share(Place directory, byte[] name) {
    Entry entry = tree.getOrNull(directory, name);
    if (entry instanceof LinkRef ref) {
      LinkTable.Target target = tree.links().get(ref.id);
      tree.setLinks(tree.links().with(ref.id, target.withCount(target.count() + 1)));
      return ref;
    }
    Cell cell = tree.own(directory, name);
    LinkRef ref = LinkRef.create();
    Place place = cell.placeOrNull();
    if (place != null) {
      place.becomeLink(ref);
    }
    tree.setLinks(tree.links().with(ref.id, new LinkTable.Target(cell, 2)));
    directory.cell().set(directory.cell().directory().withEntry(name, ref));
    flagLinks(directory);
    return ref;
  }

  /** Puts a node from elsewhere, with everything below it, into a directory. */
  void adopt(Place directory, byte[] name, Node node) {
    if (node instanceof DirectoryView view && view.inode().hasLinks()) {
      put(directory, name, new LinkAdoption(view.links(), tree).adopt(view.inode()));
    } else {
      put(directory, name, Nodes.inode(node));
    }
  }

  /** The directory with these names; what is missing of it is made, 0755 and root's. */
  Place makeDirectories(byte[][] names, int depth, Object shown) throws FileSystemException {
    Place place = tree.ownRoot();
    for (int i = 0; i < depth; i++) {
      if (tree.getOrNull(place, names[i]) == null) {
        put(place, names[i], new DirectoryInode(Metadata.of(0755, Instant.EPOCH)));
      }
      place = tree.ownDirectory(place, names[i], shown);
    }
    return place;
  }
}
