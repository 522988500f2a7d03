// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import javax.annotation.Nullable;

/** What an open file is read through: it stays the same file when the file is moved or deleted. */
final class FileHandle {
  private final LiveTree tree;
  private final @Nullable LowerFile lower;
  private volatile @Nullable OpenFile file;

  /** A handle on a file with a cell, which it has acquired. */
  FileHandle(LiveTree tree, OpenFile file) {
    this.tree = tree;
    this.lower = null;
    this.file = file;
  }

  /** A handle on a file without a cell, among whose readers it is. */
  FileHandle(LiveTree tree, LowerFile lower) {
    this.tree = tree;
    this.lower = lower;
  }

  /** The inode as it is now. */
  Inode inode() {
    OpenFile open = fileOrNull();
    if (open != null) {
      return open.cell().inode();
    }
    LowerFile reading = lower;
    if (reading == null) {
      throw new IllegalStateException("handle without a file");
    }
    return reading.inode;
  }

  /** The file, once it has a cell. */
  @Nullable
  OpenFile fileOrNull() {
    OpenFile open = file;
    if (open == null && lower != null) {
      open = lower.copyOrNull();
      file = open;
    }
    return open;
  }

  /** The reader of a file without a cell. */
  @Nullable
  LowerFile lowerOrNull() {
    return lower;
  }

  void close() {
    tree.lock.readLock().lock();
    try {
      if (lower != null) {
        tree.lowerFiles.remove(lower);
      }
      OpenFile open = fileOrNull();
      if (open != null) {
        tree.openFiles.close(open);
      }
    } finally {
      tree.lock.readLock().unlock();
    }
  }
}
