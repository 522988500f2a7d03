// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.Optional;

/** Copies single inodes, in one file system or into another. A file's bytes are shared. */
final class PathCopy {
  private PathCopy() {}

  /**
   * Copies as {@code Files.copy} does.
   *
   * @param attributes whether owner, time and extended attributes go with it, as far as allowed
   */
  static void copy(
      OverlayPath source, OverlayPath target, boolean replace, boolean attributes, boolean follow)
      throws IOException {
    Volume from = source.getFileSystem().volume();
    Volume to = target.getFileSystem().volume();
    Inode inode = frozen(from, source, follow);
    Optional<Located> put =
        to.edit(
            () -> {
              boolean readable = !(inode instanceof FileInode) || from.user.mayRead(inode);
              Located old = locate(to, target, readable ? Optional.empty() : Optional.of(source));
              if (from == to && NameEdits.isSame(from.require(source, follow), old)) {
                return Optional.empty();
              }
              if (old.exists() && !replace) {
                throw new FileAlreadyExistsException(target.toString());
              }
              if (!readable) {
                boolean inTheWay =
                    old.inode() instanceof DirectoryInode directory && !directory.entries.isEmpty();
                throw inTheWay
                    ? new DirectoryNotEmptyException(target.toString())
                    : new AccessDeniedException(source.toString());
              }
              if (old.exists()) {
                target.getFileSystem().operations().names.delete(old, target);
                old = to.locate(target, false);
              }
              create(to, old, target, readable(from.user, inode), attributes);
              return Optional.of(old);
            });
    put.ifPresent(found -> to.changed(found, ChangeKind.CREATED));
  }

  /**
   * What a copier gets of an inode. Extended attributes are read where bytes and names are, and set
   * where they are written: a copy that its owner may not write has none.
   */
  private static Inode readable(User user, Inode inode) {
    boolean writable = (inode.mode() & 0200) != 0 || user.mayEverything();
    return writable && user.mayRead(inode)
        ? inode
        : inode.with(inode.metadata().withXattrs(Xattrs.empty()));
  }

  /** As the host, which opens the source before it looks for a way to the target. */
  private static Located locate(Volume to, OverlayPath target, Optional<OverlayPath> unreadable)
      throws FileSystemException {
    try {
      return to.locate(target, false);
    } catch (FileSystemException e) {
      if (unreadable.isPresent()) {
        throw new AccessDeniedException(unreadable.get().toString());
      }
      throw e;
    }
  }

  /** The inode with a content that nobody writes to any more. */
  private static Inode frozen(Volume volume, OverlayPath path, boolean follow) throws IOException {
    Inode inode = volume.inode(path, follow);
    if (inode instanceof FileInode file && file.content() instanceof FileBuffer) {
      volume.tree.lock.writeLock().lock();
      try {
        inode = volume.inode(path, follow);
        FileTree ignored = volume.tree.freeze();
      } finally {
        volume.tree.lock.writeLock().unlock();
      }
    }
    return inode instanceof FileInode file && file.content() instanceof CountedBytes bytes
        ? file.withContent(bytes.uncounted())
        : inode;
  }

  private static void create(
      Volume volume, Located found, OverlayPath target, Inode inode, boolean attributes)
      throws IOException {
    volume.checkName(found.name(), target);
    Place parent = volume.ownParent(found, target);
    if (inode instanceof SpecialInode device
        && device instanceof Node.Device
        && !volume.user.mayEverything()) {
      throw new FileSystemException(target.toString(), null, "operation not permitted");
    }
    Instant now = volume.now();
    Inode bare =
        inode instanceof DirectoryInode directory ? directory.withEntries(NameMap.empty()) : inode;
    Inode made = bare.with(metadata(volume, parent, inode, attributes, now));
    Cell ignored = volume.tree.names.create(parent, found.name(), made);
    volume.touch(parent, now);
  }

  private static Metadata metadata(
      Volume volume, Place parent, Inode inode, boolean attributes, Instant now) {
    boolean directory = inode instanceof DirectoryInode;
    Metadata fresh = volume.newMetadata(parent.cell().directory(), inode.mode(), directory, now);
    if (inode instanceof SymlinkInode) {
      fresh = fresh.withMode(0777);
    }
    if (!attributes) {
      boolean written = inode instanceof FileInode file && file.size() > 0;
      return written ? volume.written(inode.with(fresh), now).metadata() : fresh;
    }
    Metadata kept = inode.metadata();
    return volume.user.mayEverything() ? kept : kept.withOwner(fresh.uid(), fresh.gid());
  }

  /** Moves to another file system: a copy with all attributes, then the source is deleted. */
  static void moveAcross(OverlayPath source, OverlayPath target, boolean replace)
      throws IOException {
    Volume from = source.getFileSystem().volume();
    from.checkWritable();
    if (from.inode(source, false) instanceof DirectoryInode directory
        && !directory.entries.isEmpty()) {
      throw new DirectoryNotEmptyException(source.toString());
    }
    copy(source, target, replace, true, false);
    source.getFileSystem().operations().names.delete(source);
  }
}
