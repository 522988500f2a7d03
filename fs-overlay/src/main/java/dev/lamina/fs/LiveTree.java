// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * A tree that can be changed: inodes below it are shared with frozen trees, and copied into cells
 * when they are first changed after a {@link #freeze}. From then on the cell is changed in place.
 *
 * <p>Writers hold a lock that is not this class's business. Readers hold none: each directory is
 * one immutable value behind a volatile field.
 */
final class LiveTree {

  private volatile Entry root;
  private volatile LinkTable links;
  private Object token = new Object();
  private @Nullable FileTree frozen;

  LiveTree(FileTree tree) {
    this.root = tree.rootEntry();
    this.links = tree.links();
    this.frozen = tree;
  }

  Entry root() {
    return root;
  }

  LinkTable links() {
    return links;
  }

  /** The tree as it is now. Costs nothing: what is owned now will be copied before it changes. */
  FileTree freeze() {
    FileTree tree = frozen;
    if (tree == null) {
      token = new Object();
      frozen = tree = new FileTree(root, links);
    }
    return tree;
  }

  /** Puts another tree in the place of this one. */
  void reset(FileTree tree) {
    token = new Object();
    root = tree.rootEntry();
    links = tree.links();
    frozen = tree;
  }

  Located locate(byte[][] path, boolean follow, Resolver.Missing missing, Object shown)
      throws FileSystemException {
    return new Resolver(root, links, missing, Access.ALL).locate(path, follow, shown);
  }

  Inode inode(Entry entry) {
    return links.inode(entry);
  }

  private Place ownRoot() {
    Entry entry = root;
    Place place = entry instanceof Cell cell ? cell.placeOrNull() : null;
    if (place == null || place.tree != this || !place.holds(entry, null, Resolver.DOT)) {
      place = new Place(this, null, Resolver.DOT);
    }
    if (!(entry instanceof Cell owned) || owned.token != token) {
      Cell cell = new Cell(token, inode(entry), place);
      place.setCell(cell);
      root = cell;
      frozen = null;
    }
    return place;
  }

  /** Makes the directory with these names, in which there are no links, ours to change. */
  Place ownDirectory(byte[][] names, int depth, Object shown) throws FileSystemException {
    Place place = ownRoot();
    for (int i = 0; i < depth; i++) {
      place = ownDirectory(place, names[i], shown);
    }
    return place;
  }

  private Place ownDirectory(Place parent, byte[] name, Object shown) throws FileSystemException {
    Entry entry = parent.cell().directory().get(name);
    if (entry == null) {
      throw new NoSuchFileException(shown.toString());
    }
    if (!(inode(entry) instanceof DirectoryInode)) {
      throw new NotDirectoryException(shown.toString());
    }
    Cell cell = own(parent, name);
    Place place = cell.placeOrNull();
    if (place == null) {
      throw new IllegalStateException("directory without a place");
    }
    return place;
  }

  /** Makes what {@code directory} holds under {@code name} ours to change. */
  Cell own(Place directory, byte[] name) {
    Entry entry = directory.cell().directory().get(name);
    if (entry == null) {
      throw new IllegalStateException("no entry to own");
    }
    if (entry instanceof LinkRef ref) {
      return ownLink(ref);
    }
    Place place = entry instanceof Cell cell ? cell.placeOrNull() : null;
    boolean known = place != null && place.tree == this && place.holds(entry, directory, name);
    if (entry instanceof Cell cell && cell.token == token && (known || place == null)) {
      return cell;
    }
    Inode inode = inode(entry);
    Place kept =
        known ? place : inode instanceof DirectoryInode ? new Place(this, directory, name) : null;
    Cell cell = new Cell(token, inode, kept);
    if (kept != null) {
      kept.setCell(cell);
    }
    directory.cell().set(directory.cell().directory().withEntry(name, cell));
    return cell;
  }

  private Cell ownLink(LinkRef ref) {
    LinkTable.Target target = links.get(ref.id);
    if (target.entry() instanceof Cell cell && cell.token == token) {
      return cell;
    }
    Cell cell = new Cell(token, inode(target.entry()), null);
    links = links.with(ref.id, target.withEntry(cell));
    return cell;
  }

  /** The directory with these names; what is missing of it is made, 0755 and root's. */
  Place makeDirectories(byte[][] names, int depth, Object shown) throws FileSystemException {
    Place place = ownRoot();
    for (int i = 0; i < depth; i++) {
      if (place.cell().directory().get(names[i]) == null) {
        put(place, names[i], new DirectoryInode(Metadata.of(0755, Instant.EPOCH)));
      }
      place = ownDirectory(place, names[i], shown);
    }
    return place;
  }

  /** Puts an entry into a directory; what was there loses this name. */
  void put(Place directory, byte[] name, Entry entry) {
    Cell cell = directory.cell();
    Entry old = cell.directory().get(name);
    cell.set(cell.directory().withEntry(name, entry));
    if (entry.hasLinks()) {
      for (Place p = directory.parent; p != null && !p.cell().hasLinks(); p = p.parent) {
        p.cell().set(p.cell().directory().withLinksBelow());
      }
    }
    if (old != null) {
      release(old);
    }
  }

  /** Takes a name out of a directory. */
  void remove(Place directory, byte[] name) {
    Cell cell = directory.cell();
    Entry old = cell.directory().get(name);
    if (old != null) {
      cell.set(cell.directory().withoutEntry(name));
      release(old);
    }
  }

  /** Takes all names out of a directory. */
  void clear(Place directory) {
    DirectoryInode old = directory.cell().directory();
    directory.cell().set(old.withEntries(NameMap.empty()));
    release(old);
  }

  /** Counts the links that {@code entry}, which nobody holds any more, was or had below it. */
  private void release(Entry entry) {
    if (!entry.hasLinks()) {
      return;
    }
    if (entry instanceof LinkRef ref) {
      LinkTable.Target target = links.get(ref.id);
      links =
          target.count() == 1
              ? links.without(ref.id)
              : links.with(ref.id, target.withCount(target.count() - 1));
    } else if (inode(entry) instanceof DirectoryInode directory) {
      directory.entries.forEach((name, child) -> release(child));
    }
  }

  /** Gives what is called {@code name} in {@code directory} one more name. */
  LinkRef share(Place directory, byte[] name) {
    Entry entry = directory.cell().directory().get(name);
    if (entry instanceof LinkRef ref) {
      LinkTable.Target target = links.get(ref.id);
      links = links.with(ref.id, target.withCount(target.count() + 1));
      return ref;
    }
    if (entry == null) {
      throw new IllegalStateException("no entry to share");
    }
    LinkRef ref = LinkRef.create();
    links = links.with(ref.id, new LinkTable.Target(entry, 2));
    put(directory, name, ref);
    return ref;
  }

  /** Entry for a node from elsewhere, with everything below it. */
  Entry adopt(Node node) {
    Inode inode = Nodes.inode(node);
    return node instanceof DirectoryView view && inode.hasLinks()
        ? adopt(view.inode(), view.links(), new HashMap<>())
        : inode;
  }

  /**
   * Links get new ids: the same directory may be adopted twice, and then isn't linked to itself.
   */
  private DirectoryInode adopt(DirectoryInode from, LinkTable table, Map<Long, LinkRef> known) {
    byte[][] names = new byte[from.entries.size()][];
    Object[] entries = new Object[names.length];
    NameCursor<Entry> cursor = new NameCursor<>(from.entries);
    for (int i = 0; !cursor.atEnd(); cursor.next(), i++) {
      Entry entry = cursor.value();
      names[i] = cursor.name();
      if (entry instanceof LinkRef ref) {
        entries[i] = adopt(ref, table, known);
      } else if (entry.hasLinks() && table.inode(entry) instanceof DirectoryInode below) {
        entries[i] = adopt(below, table, known);
      } else {
        entries[i] = entry;
      }
    }
    return from.withEntries(NameMap.ofSorted(names, entries, names.length));
  }

  private LinkRef adopt(LinkRef from, LinkTable table, Map<Long, LinkRef> known) {
    LinkRef ref = known.computeIfAbsent(from.id, id -> LinkRef.create());
    LinkTable.Target target = links.getOrNull(ref.id);
    int count = target == null ? 0 : target.count();
    links = links.with(ref.id, new LinkTable.Target(table.inode(from), count + 1));
    return ref;
  }
}
