// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/** An open file. Reads and writes at a given position don't wait for each other. */
final class OverlayChannel extends FileChannel {
  private static final int COPY = 64 << 10;

  private final Volume volume;
  private final FileOpener opener;
  private final FileBytes bytes;
  private final OverlayPath path;
  private final FileHandle handle;
  private final OpenMode mode;

  private final Object positionLock = new Object();
  private long position;

  OverlayChannel(
      Volume volume, FileOpener opener, OverlayPath path, FileHandle handle, OpenMode mode) {
    this.volume = volume;
    this.opener = opener;
    this.bytes = new FileBytes(volume);
    this.path = path;
    this.handle = handle;
    this.mode = mode;
  }

  private void checkOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  private void checkReadable() throws ClosedChannelException {
    checkOpen();
    requireReadable();
  }

  private void checkWritable() throws ClosedChannelException {
    checkOpen();
    requireWritable();
  }

  private OpenFile file() {
    OpenFile file = handle.fileOrNull();
    if (file == null) {
      throw new NonWritableChannelException();
    }
    return file;
  }

  /** Something that an interrupt, or another thread's close, may cut short. */
  private interface Transfer {
    long run() throws IOException;
  }

  private long transfer(Transfer transfer) throws IOException {
    boolean done = false;
    begin();
    try {
      checkOpen();
      long n = transfer.run();
      done = true;
      return n;
    } finally {
      end(done);
    }
  }

  private static void requireSpace(ByteBuffer dst) {
    if (dst.isReadOnly()) {
      throw new IllegalArgumentException("read-only buffer");
    }
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    requireSpace(dst);
    checkReadable();
    synchronized (positionLock) {
      int n = (int) transfer(() -> FileBytes.read(handle, position, dst));
      position += Math.max(0, n);
      return n;
    }
  }

  @Override
  public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, dsts.length);
    checkReadable();
    synchronized (positionLock) {
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        while (dsts[i].hasRemaining()) {
          int n = read(dsts[i]);
          if (n < 0) {
            return total > 0 ? total : -1;
          }
          total += n;
        }
      }
      return total;
    }
  }

  @Override
  public int read(ByteBuffer dst, long from) throws IOException {
    requirePosition(from);
    requireSpace(dst);
    checkReadable();
    return (int) transfer(() -> FileBytes.read(handle, from, dst));
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    checkWritable();
    int n = src.remaining();
    if (n == 0) {
      return 0;
    }
    synchronized (positionLock) {
      position =
          transfer(
              () -> mode.append() ? bytes.append(file(), src) : bytes.write(file(), position, src));
    }
    return n;
  }

  @Override
  public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, srcs.length);
    checkWritable();
    synchronized (positionLock) {
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        total += write(srcs[i]);
      }
      return total;
    }
  }

  /** As Linux's pwrite does, it appends to a file that was opened for that. */
  @Override
  public int write(ByteBuffer src, long to) throws IOException {
    requirePosition(to);
    checkWritable();
    int n = src.remaining();
    if (n > 0) {
      long ignored =
          transfer(() -> mode.append() ? bytes.append(file(), src) : bytes.write(file(), to, src));
    }
    return n;
  }

  private static void requirePosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
  }

  @Override
  public long position() throws IOException {
    checkOpen();
    synchronized (positionLock) {
      return mode.append() ? FileBytes.size(handle) : position;
    }
  }

  @Override
  public OverlayChannel position(long newPosition) throws IOException {
    checkOpen();
    requirePosition(newPosition);
    synchronized (positionLock) {
      position = newPosition;
    }
    return this;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return FileBytes.size(handle);
  }

  @Override
  public OverlayChannel truncate(long size) throws IOException {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
    checkWritable();
    synchronized (positionLock) {
      if (size < FileBytes.size(handle)) {
        bytes.truncate(file(), size);
      }
      position = Math.min(position, size);
    }
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    checkOpen();
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    requirePosition(from);
    if (count < 0) {
      throw new IllegalArgumentException("count " + count);
    }
    checkReadable();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, COPY));
    long done = 0;
    while (done < count) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
      if (read(buffer, from + done) <= 0) {
        break;
      }
      buffer.flip();
      int n = target.write(buffer);
      done += n;
      if (buffer.hasRemaining()) {
        break;
      }
    }
    return done;
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long to, long count) throws IOException {
    requirePosition(to);
    if (count < 0) {
      throw new IllegalArgumentException("count " + count);
    }
    checkWritable();
    if (to > size()) {
      return 0;
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, COPY));
    long done = 0;
    while (done < count) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
      if (source.read(buffer) <= 0) {
        break;
      }
      done += write(buffer.flip(), to + done);
    }
    return done;
  }

  @Override
  public MappedByteBuffer map(MapMode mapMode, long from, long size) throws IOException {
    requirePosition(from);
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("size " + size);
    }
    checkReadable();
    if (mapMode == MapMode.READ_WRITE) {
      throw Refused.writableMap();
    }
    if (from + size > size()) {
      throw new IOException("a map that is longer than the file");
    }
    return volume.tree.spill.map(this, from, size, mapMode);
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) throws IOException {
    return tryLock(from, size, shared);
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) throws IOException {
    return add(new OverlayLock(this, lockTable(shared), from, size, shared));
  }

  /** A lock for the asynchronous channel that works through this one. */
  OverlayLock lock(AsynchronousFileChannel channel, long from, long size, boolean shared)
      throws IOException {
    return add(new OverlayLock(channel, lockTable(shared), from, size, shared));
  }

  private LockTable lockTable(boolean shared) throws IOException {
    if (shared) {
      checkReadable();
    } else {
      checkWritable();
    }
    return opener.promote(handle, path).locks;
  }

  private static OverlayLock add(OverlayLock lock) {
    lock.table().add(lock);
    return lock;
  }

  void requireReadable() {
    if (!mode.read()) {
      throw new NonReadableChannelException();
    }
  }

  void requireWritable() {
    if (!mode.write()) {
      throw new NonWritableChannelException();
    }
  }

  void releaseLocks(Object channel) {
    OpenFile file = handle.fileOrNull();
    if (file != null) {
      file.locks.removeAll(channel);
    }
  }

  @Override
  protected void implCloseChannel() {
    releaseLocks(this);
    handle.close();
    volume.closed(this);
  }
}
