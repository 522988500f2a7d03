// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileAttribute;
import java.time.Instant;
import javax.annotation.Nullable;

/** Opens files: finds or makes them, checks who may, and gives a handle. */
final class FileOpener {
  private final Volume volume;
  private final LiveTree tree;
  private final NameEdits names;

  FileOpener(Volume volume, NameEdits names) {
    this.volume = volume;
    this.tree = volume.tree;
    this.names = names;
  }

  /** Opens what exists for reading. Other readers are not kept waiting. */
  FileHandle read(OverlayPath path, boolean follow) throws IOException {
    tree.lock.readLock().lock();
    try {
      Located found = volume.require(path, follow);
      Inode inode = readable(found, path);
      Entry entry = found.entry();
      LinkRef link = entry instanceof LinkRef ref ? ref : null;
      Cell cell = cellOrNull(found);
      if (cell != null && cell.token == tree.token()) {
        return new FileHandle(tree, tree.openFiles.open(cell, () -> placeOf(found, link)));
      }
      if (cell != null && cell.placeOrNull() instanceof OpenFile file && file.tree == tree.key) {
        if (link != null || isAt(file, found)) {
          return new FileHandle(tree, tree.openFiles.open(cell, () -> file));
        }
      }
      LowerFile lower = new LowerFile(inode, found.names(), link);
      tree.lowerFiles.add(lower);
      return new FileHandle(tree, lower);
    } finally {
      tree.lock.readLock().unlock();
    }
  }

  private static boolean isAt(OpenFile file, Located found) {
    byte[][] names = file.namesOrNull();
    return names != null && Names.same(names, found.names());
  }

  private @Nullable Cell cellOrNull(Located found) {
    Entry entry = found.entry();
    if (entry instanceof LinkRef ref) {
      LinkTable.Target target = tree.links().getOrNull(ref.id);
      entry = target == null ? null : target.entry();
    }
    return entry instanceof Cell cell && !(cell.inode() instanceof DirectoryInode) ? cell : null;
  }

  /** Where a file with a cell of this epoch is; then its directory has one too. */
  private OpenFile placeOf(Located found, @Nullable LinkRef link) {
    if (link != null) {
      return new OpenFile(tree, link);
    }
    byte[][] path = found.names();
    Place parent = tree.placeOf(path, path.length - 1);
    return new OpenFile(parent, found.name());
  }

  private Inode readable(Located found, OverlayPath path) throws IOException {
    Inode inode = found.inode();
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    checkKind(inode, path);
    if (!volume.user.mayRead(inode)) {
      throw new AccessDeniedException(path.toString());
    }
    return inode;
  }

  private static void checkKind(Inode inode, OverlayPath path) throws IOException {
    if (inode instanceof SymlinkInode) {
      throw new FileSystemLoopException(path.toString());
    }
    if (inode instanceof SpecialInode) {
      throw new FileSystemException(path.toString(), null, inode + " cannot be opened");
    }
  }

  /** Opens for writing; makes the file if the options say so. */
  FileHandle write(OverlayPath path, OpenMode mode, FileAttribute<?>... attributes)
      throws IOException {
    if (mode.createNew() && path.endsWith(".")) {
      throw new FileAlreadyExistsException(path.toString()); // as the JDK does, before it looks
    }
    boolean[] created = {false};
    Located[] where = {null};
    FileHandle handle =
        volume.edit(
            () -> {
              Located found = volume.locate(path, mode.follow() && !mode.createNew());
              where[0] = found;
              created[0] = !found.exists();
              return found.exists()
                  ? open(found, path, mode)
                  : create(found, path, mode, attributes);
            });
    if (created[0]) {
      volume.changed(where[0], ChangeKind.CREATED);
    } else if (mode.truncate()) {
      volume.changed(where[0], ChangeKind.MODIFIED);
    }
    return handle;
  }

  private FileHandle create(
      Located found, OverlayPath path, OpenMode mode, FileAttribute<?>... attributes)
      throws IOException {
    if (!mode.create() && !mode.createNew()) {
      throw new NoSuchFileException(path.toString());
    }
    volume.checkName(found.name(), path);
    Place parent = volume.ownParent(found, path);
    Instant now = volume.now();
    Metadata metadata =
        volume.newMetadata(parent.cell().directory(), InitialMode.of(0666, attributes), false, now);
    Cell cell = tree.names.create(parent, found.name(), new FileInode(metadata, Content.empty()));
    volume.touch(parent, now);
    return handle(cell, new OpenFile(parent, found.name()), found);
  }

  private FileHandle open(Located found, OverlayPath path, OpenMode mode) throws IOException {
    Inode inode = found.inode();
    if (mode.createNew()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    checkKind(inode, path);
    if (inode instanceof DirectoryInode) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    if (!volume.user.mayWrite(inode) || (mode.read() && !volume.user.mayRead(inode))) {
      throw new AccessDeniedException(path.toString());
    }
    Cell cell = volume.own(found, path);
    if (mode.truncate()) { // an empty file too: it gets the time
      Instant now = volume.now();
      tree.freeContent(cell);
      FileInode empty = ((FileInode) cell.inode()).withContent(Content.empty());
      cell.set(volume.written(empty, now), Volume.nanos(now));
    }
    OpenFile place =
        found.entry() instanceof LinkRef ref
            ? new OpenFile(tree, ref)
            : new OpenFile(tree.placeOf(found.names(), found.names().length - 1), found.name());
    return handle(cell, place, found);
  }

  private FileHandle handle(Cell cell, OpenFile place, Located found) {
    OpenFile file = tree.openFiles.open(cell, () -> place);
    file.setWrittenAs(found.names());
    return new FileHandle(tree, file);
  }

  /** Gives a reader a cell of its own, so that it can be told from others; for locks. */
  OpenFile promote(FileHandle handle, OverlayPath path) throws IOException {
    OpenFile known = handle.fileOrNull();
    if (known != null) {
      return known;
    }
    tree.lock.writeLock().lock();
    try {
      OpenFile file = handle.fileOrNull();
      LowerFile lower = handle.lowerOrNull();
      if (file == null && lower != null) {
        file = tree.openFiles.copyUp(lower, path);
      }
      if (file == null) {
        throw new IllegalStateException("handle without a file");
      }
      return file;
    } finally {
      tree.lock.writeLock().unlock();
    }
  }

  /** Takes the name away from a file that is to be gone when it is closed. */
  void unlink(OverlayPath path, boolean follow) throws IOException {
    Located deleted =
        volume.edit(
            () -> {
              Located found = volume.require(path, follow);
              names.delete(found, path);
              return found;
            });
    volume.changed(deleted, ChangeKind.DELETED);
  }
}
