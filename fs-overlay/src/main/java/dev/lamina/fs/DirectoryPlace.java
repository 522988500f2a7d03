// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** An open directory, which is found again after it was moved. */
final class DirectoryPlace {
  private final Volume volume;
  private final OverlayPath path;
  private final LowerFile reader;
  private final NameMap<Entry> entries;

  private DirectoryPlace(
      Volume volume, OverlayPath path, LowerFile reader, NameMap<Entry> entries) {
    this.volume = volume;
    this.path = path;
    this.reader = reader;
    this.entries = entries;
  }

  /** Opens the directory {@code path} leads to; it has to be closed. */
  static DirectoryPlace open(Volume volume, OverlayPath path, boolean follow) throws IOException {
    volume.tree.lock.readLock().lock();
    try {
      Located found = volume.require(path, follow);
      Inode inode = found.inode();
      if (inode != null && !volume.user.mayRead(inode)) {
        throw new AccessDeniedException(path.toString());
      }
      if (!(inode instanceof DirectoryInode directory)) {
        throw new NotDirectoryException(path.toString());
      }
      LowerFile reader = new LowerFile(directory, found.names(), null);
      volume.tree.lowerFiles.add(reader);
      return new DirectoryPlace(volume, path, reader, directory.entries);
    } finally {
      volume.tree.lock.readLock().unlock();
    }
  }

  /** What was in it when it was opened. */
  NameMap<Entry> entries() {
    return entries;
  }

  /** A path that leads to it now. */
  OverlayPath path() throws FileSystemException {
    if (!volume.tree.lowerFiles.contains(reader)) {
      throw new NoSuchFileException(path.toString(), null, "the directory was deleted");
    }
    return new OverlayPath(path.getFileSystem(), true, reader.names());
  }

  /** As {@link #path}, or {@code other} if it is gone: then what is done there fails. */
  OverlayPath pathOr(OverlayPath other) {
    try {
      return path();
    } catch (FileSystemException e) {
      return other;
    }
  }

  void close() {
    volume.tree.lowerFiles.remove(reader);
  }
}
