// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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

  /** What is done to names. */
  final LiveNames names = new LiveNames(this);

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

  /** Puts another table of links in the place of the one there was. */
  void setLinks(LinkTable newLinks) {
    links = newLinks;
    frozen = null;
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

  Place ownRoot() {
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

  Place ownDirectory(Place parent, byte[] name, Object shown) throws FileSystemException {
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

  static Place placeOf(Cell cell) {
    Place place = cell.placeOrNull();
    if (place == null) {
      throw new IllegalStateException("cell without a place");
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
    Cell owned =
        target.entry() instanceof Cell cell && isOurs(cell)
            ? cell.copy(token)
            : new Cell(token, InodeNumbers.link(ref), inode(target.entry()));
    if (place != null && place.tree == key && place.cell() == target.entry()) {
      place.setCell(owned);
    } else {
      lowerFiles.copyUp(ref, this, owned);
    }
    setLinks(links.with(ref.id, target.withEntry(owned)));
    return owned;
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

  /** The inode of an entry has lost its last name. */
  void detach(Entry entry) {
    if (entry instanceof Cell cell) {
      Place place = cell.placeOrNull();
      if (place == null) {
        freeContent(cell);
      } else if (place.tree == key && place.cell() == entry) {
        place.detach();
      }
    }
  }
}
