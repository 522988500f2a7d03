// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;

/** A lock that is valid for as long as it is in the file's table. */
final class OverlayLock extends FileLock {
  private final LockTable table;

  OverlayLock(FileChannel channel, LockTable table, long position, long size, boolean shared) {
    super(channel, position, size, shared);
    this.table = table;
  }

  OverlayLock(
      AsynchronousFileChannel channel, LockTable table, long position, long size, boolean shared) {
    super(channel, position, size, shared);
    this.table = table;
  }

  LockTable table() {
    return table;
  }

  @Override
  public boolean isValid() {
    return table.contains(this);
  }

  @Override
  public void release() throws IOException {
    if (!acquiredBy().isOpen()) {
      throw new ClosedChannelException();
    }
    table.remove(this);
  }
}
