// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.locks.Lock;

/** Reads and writes the bytes of open files. */
final class FileBytes {
  private final Volume volume;
  private final LiveTree tree;

  FileBytes(Volume volume) {
    this.volume = volume;
    this.tree = volume.tree;
  }

  static long size(FileHandle handle) {
    return handle.inode() instanceof FileInode file ? file.size() : 0;
  }

  static int read(FileHandle handle, long position, ByteBuffer dst) throws IOException {
    if (!(handle.inode() instanceof FileInode file)) {
      throw new IOException("is a directory");
    }
    return dst.hasRemaining() ? file.content().read(position, dst) : 0;
  }

  /** Something done to a buffer that this epoch owns. */
  private interface Edit {
    long run(FileBuffer buffer) throws IOException;
  }

  /** Writes all of {@code src} at {@code position}; gives the position behind it. */
  long write(OpenFile file, long position, ByteBuffer src) throws IOException {
    long end = position + src.remaining();
    return edit(
        file,
        buffer -> {
          buffer.write(position, src);
          return end;
        });
  }

  /** Writes all of {@code src} at the end; gives the position behind it. */
  long append(OpenFile file, ByteBuffer src) throws IOException {
    return edit(
        file,
        buffer -> {
          buffer.write(buffer.size(), src);
          return buffer.size();
        });
  }

  /** Cuts the file off at {@code size}. */
  void truncate(OpenFile file, long size) throws IOException {
    long ignored =
        edit(
            file,
            buffer -> {
              buffer.setSize(Math.min(size, buffer.size()));
              return size;
            });
  }

  private long edit(OpenFile file, Edit edit) throws IOException {
    Lock shared = tree.lock.readLock();
    lockOwned(file, shared);
    try {
      synchronized (file) {
        Cell cell = file.cell();
        FileInode inode = (FileInode) cell.inode();
        FileBuffer buffer;
        if (inode.content() instanceof FileBuffer owned && owned.owner() == cell.token) {
          buffer = owned;
        } else {
          buffer = FileBuffer.over(inode.content(), cell.token, tree.spill);
          inode = inode.withContent(buffer);
        }
        try {
          return edit.run(buffer);
        } finally {
          Instant now = volume.now();
          cell.set(volume.written(inode, now), Volume.nanos(now));
        }
      }
    } finally {
      shared.unlock();
      volume.watchers.modified(file);
    }
  }

  /** Takes the shared lock at a time when the file's cell may be changed. */
  @SuppressWarnings("LockNotBeforeTry") // the caller lets it go
  private void lockOwned(OpenFile file, Lock shared) {
    shared.lock();
    if (file.cell().token == tree.token()) {
      return;
    }
    shared.unlock();
    tree.lock.writeLock().lock();
    try {
      Cell ignored = tree.own(file);
      shared.lock(); // so that nobody can freeze the tree in between
    } finally {
      tree.lock.writeLock().unlock();
    }
  }
}
