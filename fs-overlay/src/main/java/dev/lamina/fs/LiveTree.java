// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.annotation.Nullable;

/**
 * A tree that can be changed: inodes below it are shared with frozen trees, and copied into cells
 * when they are first changed after a {@link #freeze}. From then on the cell is changed in place.
 *
 * <p>One lock: what changes names or attributes, and {@code freeze}, hold it exclusively; what
 * writes bytes into a file holds it shared, and the file's own monitor. Readers hold none: each
 * directory is one immutable value behind a volatile field. A link is in the table before its first
 * name is in a directory, and leaves it after its last.
 */
final class LiveTree implements LinkSource {
  /** Stands for this tree in what outlives it. */
  final Object key = new Object();

  final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  final LowerFiles lowerFiles = new LowerFiles();
  final OpenFiles openFiles = new OpenFiles(this);
  final Spill spill;

  private volatile Entry root;
  private volatile LinkTable links;
  private volatile Epoch token = new Epoch(key);
  private @Nullable FileTree frozen;

  LiveTree(FileTree tree, Spill spill) {
    this.spill = spill;
    this.root = tree.rootEntry();
    this.links = tree.links();
    this.frozen = tree;
  }

  @Override
  public Entry rootEntry() {
    return root;
  }

  @Override
  public LinkTable links() {
    return links;
  }

  /** The edit token of this epoch: cells that have it may be changed. */
  Epoch token() {
    return token;
  }

  /** The tree as it is now. Costs nothing: what is owned now will be copied before it changes. */
  FileTree freeze() {
    FileTree tree = frozen;
    if (tree == null) {
      token = new Epoch(key);
      frozen = tree = new FileTree(root, links);
    }
    return tree;
  }

  /** Puts another tree in the place of this one. */
  void reset(FileTree tree) {
    detach(root);
    lowerFiles.detachAll();
    token = new Epoch(key);
    links = tree.links();
    root = tree.rootEntry();
    frozen = tree;
  }

  Located locate(byte[][] path, boolean follow, Resolver.Missing missing, Object shown)
      throws FileSystemException {
    return new Resolver(this, missing, Access.ALL).locate(path, follow, shown);
  }

  Inode inode(Entry entry) {
    return links.inode(entry);
  }

  @Nullable
  Entry getOrNull(Place directory, byte[] name) {
    return directory.cell().directory().get(name);
  }

  private Place ownRoot() {
    Entry entry = root;
    Place known = placeOrNull(entry, null, Names.DOT);
    if (known != null && known.cell().token == token) {
      return known;
    }
    Place place = known != null ? known : new Place(key);
    Cell cell =
        known != null ? known.cell().copy(token) : new Cell(token, InodeNumbers.ROOT, inode(entry));
    place.setCell(cell);
    root = cell;
    frozen = null;
    return place;
  }

  /** Whether a cell was made by this tree, in whatever epoch. */
  boolean isOurs(Cell cell) {
    return cell.token.tree == key;
  }

  /** The place of an entry if it is where this tree put it. */
  @Nullable
  Place placeOrNull(Entry entry, @Nullable Place directory, byte[] name) {
    Place place = entry instanceof Cell cell ? cell.placeOrNull() : null;
    return place != null && place.tree == key && place.holds(entry, directory, name) ? place : null;
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
    Entry entry = getOrNull(parent, name);
    if (entry == null) {
      throw new NoSuchFileException(shown.toString());
    }
    if (!(inode(entry) instanceof DirectoryInode)) {
      throw new NotDirectoryException(shown.toString());
    }
    return placeOf(own(parent, name));
  }

  /** The place of a directory in which there is a cell of this epoch. */
  Place placeOf(byte[][] names, int depth) {
    Entry entry = root;
    for (int i = 0; i < depth; i++) {
      entry = ((Cell) entry).directory().get(names[i]);
      if (entry == null) {
        throw new IllegalStateException("no such directory");
      }
    }
    return placeOf((Cell) entry);
  }

  private static Place placeOf(Cell cell) {
    Place place = cell.placeOrNull();
    if (place == null) {
      throw new IllegalStateException("cell without a place");
    }
    return place;
  }

  /** The directory with these names; what is missing of it is made, 0755 and root's. */
  Place makeDirectories(byte[][] names, int depth, Object shown) throws FileSystemException {
    Place place = ownRoot();
    for (int i = 0; i < depth; i++) {
      if (getOrNull(place, names[i]) == null) {
        put(place, names[i], new DirectoryInode(Metadata.of(0755, Instant.EPOCH)));
      }
      place = ownDirectory(place, names[i], shown);
    }
    return place;
  }

  /** Makes what {@code directory} holds under {@code name} ours to change. */
  Cell own(Place directory, byte[] name) {
    Entry entry = getOrNull(directory, name);
    if (entry == null) {
      throw new IllegalStateException("no entry to own");
    }
    if (entry instanceof LinkRef ref) {
      return ownLink(ref);
    }
    Place known = placeOrNull(entry, directory, name);
    boolean ours = entry instanceof Cell cell && (known != null || cell.placeOrNull() == null);
    if (ours && ((Cell) entry).token == token) {
      return (Cell) entry;
    }
    Inode inode = inode(entry);
    boolean isDirectory = inode instanceof DirectoryInode;
    Cell owned =
        entry instanceof Cell cell && (known != null || (!isDirectory && isOurs(cell)))
            ? cell.copy(token)
            : new Cell(token, InodeNumbers.child(directory.cell().number, name), inode);
    if (known != null) {
      known.setCell(owned);
    } else if (isDirectory) {
      new Place(directory, name).setCell(owned);
    } else {
      lowerFiles.copyUp(inode, directory, name, owned);
    }
    directory.cell().set(directory.cell().directory().withEntry(name, owned));
    return owned;
  }

  Cell ownLink(LinkRef ref) {
    LinkTable.Target target = links.get(ref.id);
    if (target.entry() instanceof Cell cell && cell.token == token) {
      return cell;
    }
    Place place = target.entry() instanceof Cell cell ? cell.placeOrNull() : null;
    Cell cell;
    if (place != null && place.tree == key && place.cell() == target.entry()) {
      cell = place.cell().copy(token);
      place.setCell(cell);
    } else {
      cell = new Cell(token, InodeNumbers.link(ref), inode(target.entry()));
      lowerFiles.copyUp(ref, this, cell);
    }
    links = links.with(ref.id, target.withEntry(cell));
    frozen = null;
    return cell;
  }

  /** Makes the inode of {@code place} ours to change, wherever it is now. */
  Cell own(Place place) {
    if (place.cell().token == token) {
      return place.cell();
    }
    LinkRef link = place.linkOrNull();
    if (link != null) {
      return ownLink(link);
    }
    if (place.isDetached()) {
      Cell cell = place.cell().copy(token);
      place.setCell(cell);
      return cell;
    }
    Place parent = place.parentOrNull();
    if (parent == null) {
      return ownRoot().cell();
    }
    Cell ignored = own(parent);
    return own(parent, place.name());
  }

  /** Puts an entry into a directory; what was there loses this name. */
  void put(Place directory, byte[] name, Entry entry) {
    Cell cell = directory.cell();
    Entry old = cell.directory().get(name);
    cell.set(cell.directory().withEntry(name, entry));
    if (entry.hasLinks()) {
      flagLinks(directory);
    }
    if (old != null && old != entry) {
      drop(directory, name, old);
    }
  }

  /** Puts a new inode into a directory as a cell, so that it has a number of its own. */
  Cell create(Place directory, byte[] name, Inode inode) {
    Cell cell = new Cell(token, InodeNumbers.next(), inode);
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
    Entry entry = getOrNull(from, name);
    if (!(entry instanceof LinkRef)) {
      Cell cell = own(from, name);
      cell.set(cell.inode(), now);
      entry = cell;
    }
    byte[][] oldNames = from.namesOrNull();
    if (entry instanceof Cell cell && cell.placeOrNull() != null) {
      placeOf(cell).moveTo(to, newName);
    }
    Entry replaced = getOrNull(to, newName);
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
    if (!lowerFiles.isEmpty() && oldNames != null && newNames != null) {
      lowerFiles.move(Names.append(oldNames, name), Names.append(newNames, newName));
    }
  }

  /** Does what has to be done about an entry that lost its name. */
  private void drop(Place directory, byte[] name, Entry entry) {
    if (entry instanceof Cell cell) {
      Place place = cell.placeOrNull();
      if (place != null && place.holds(entry, directory, name)) {
        place.detach();
      } else if (place == null) {
        freeContent(cell);
      }
    }
    if (!lowerFiles.isEmpty()) {
      byte[][] names = directory.namesOrNull();
      if (names != null) {
        lowerFiles.detachBelow(Names.append(names, name));
      }
    }
    release(entry);
  }

  /** Gives the space of a content back that was written in this epoch, and that nobody has open. */
  void freeContent(Cell cell) {
    if (cell.token == token && cell.inode() instanceof FileInode file) {
      if (file.content() instanceof FileBuffer buffer && buffer.owner() == token) {
        buffer.free();
      } else if (file.content() instanceof CountedBytes bytes && bytes.owner == token) {
        spill.release(bytes.size());
      }
    }
  }

  private void detach(Entry entry) {
    if (entry instanceof Cell cell) {
      Place place = cell.placeOrNull();
      if (place == null) {
        freeContent(cell);
      } else if (place.tree == key && place.cell() == entry) {
        place.detach();
      }
    }
  }

  /** Counts the links that {@code entry}, which nobody holds any more, was or had below it. */
  private void release(Entry entry) {
    if (!entry.hasLinks()) {
      return;
    }
    if (entry instanceof LinkRef ref) {
      LinkTable.Target target = links.get(ref.id);
      if (target.count() > 1) {
        links = links.with(ref.id, target.withCount(target.count() - 1));
      } else {
        links = links.without(ref.id);
        detach(target.entry());
        lowerFiles.detach(ref);
      }
    } else if (inode(entry) instanceof DirectoryInode directory) {
      directory.entries.forEach((name, child) -> release(child));
    }
  }

  /** Gives what is called {@code name} in {@code directory} one more name. */
  LinkRef share(Place directory, byte[] name) {
    Entry entry = getOrNull(directory, name);
    if (entry instanceof LinkRef ref) {
      LinkTable.Target target = links.get(ref.id);
      links = links.with(ref.id, target.withCount(target.count() + 1));
      return ref;
    }
    Cell cell = own(directory, name);
    LinkRef ref = LinkRef.create();
    Place place = cell.placeOrNull();
    if (place != null) {
      place.becomeLink(ref);
    }
    links = links.with(ref.id, new LinkTable.Target(cell, 2));
    directory.cell().set(directory.cell().directory().withEntry(name, ref));
    flagLinks(directory);
    return ref;
  }

  /** Puts a node from elsewhere, with everything below it, into a directory. */
  void adopt(Place directory, byte[] name, Node node) {
    if (node instanceof DirectoryView view && view.inode().hasLinks()) {
      LinkAdoption adoption = new LinkAdoption(view.links(), links);
      DirectoryInode adopted = adoption.adopt(view.inode());
      links = adoption.links();
      put(directory, name, adopted);
    } else {
      put(directory, name, Nodes.inode(node));
    }
  }
}
