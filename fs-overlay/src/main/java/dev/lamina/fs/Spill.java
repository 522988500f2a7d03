// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import javax.annotation.Nullable;

/**
 * Where written bytes are kept: in memory up to a threshold, then in one temporary file that has no
 * name as soon as it is open, so it is gone with this process, however that ends. It lives for as
 * long as a content in it can be read, which may be longer than the file system it was written
 * through: snapshots stay readable.
 */
final class Spill {
  /** For trees into which no bytes are written. */
  static final Spill UNUSED = new Spill(Path.of(""), Long.MAX_VALUE);

  private static final String PREFIX = "lamina-";
  private static final String SUFFIX = ".spill";

  private final Path folder;
  private final long threshold;
  private final AtomicLong inMemory = new AtomicLong();

  // Guarded by this. A RandomAccessFile, because an interrupt closes a FileChannel for everybody.
  private @Nullable RandomAccessFile file;
  private long end;
  private final Deque<Long> free = new ArrayDeque<>();

  Spill(Path folder, long threshold) {
    this.folder = folder;
    this.threshold = threshold;
  }

  /** Keeps bytes: in memory while there is room, else in the file. */
  Chunk store(Object owner, ByteBuffer src) throws IOException {
    int length = src.remaining();
    if (inMemory.get() + length <= threshold) {
      reserve(length);
      byte[] bytes = new byte[length];
      src.get(bytes);
      return new MemoryChunk(owner, this, bytes, length);
    }
    long position = allocate();
    write(position, src);
    return new SpilledChunk(owner, this, position, length);
  }

  /** Counts bytes that are kept in memory. */
  void reserve(int bytes) {
    inMemory.addAndGet(bytes);
  }

  void release(long bytes) {
    inMemory.addAndGet(-bytes);
  }

  private synchronized long allocate() {
    Long position = free.poll();
    if (position == null) {
      position = end;
      end += Chunk.SIZE;
    }
    return position;
  }

  synchronized void free(long position) {
    free.add(position);
  }

  /** Reads all that {@code dst} has space for. */
  synchronized void read(long position, ByteBuffer dst) throws IOException {
    RandomAccessFile from = open();
    from.seek(position);
    if (dst.hasArray()) {
      from.readFully(dst.array(), dst.arrayOffset() + dst.position(), dst.remaining());
      dst.position(dst.limit());
    } else {
      byte[] bytes = new byte[dst.remaining()];
      from.readFully(bytes);
      dst.put(bytes);
    }
  }

  synchronized void write(long position, ByteBuffer src) throws IOException {
    RandomAccessFile to = open();
    to.seek(position);
    if (src.hasArray()) {
      to.write(src.array(), src.arrayOffset() + src.position(), src.remaining());
      src.position(src.limit());
    } else {
      byte[] bytes = new byte[src.remaining()];
      src.get(bytes);
      to.write(bytes);
    }
  }

  private RandomAccessFile open() throws IOException {
    RandomAccessFile opened = file;
    if (opened == null) {
      Path path = createFile();
      try {
        opened = new RandomAccessFile(path.toFile(), "rw");
        file = opened;
      } finally {
        delete(path);
      }
      sweep();
    }
    return opened;
  }

  /** Maps a copy of a part of a file, which has no name either. */
  MappedByteBuffer map(FileChannel source, long position, long size, FileChannel.MapMode mode)
      throws IOException {
    Path path = createFile();
    try (FileChannel copy =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (long done = 0; done < size; ) {
        long n = source.transferTo(position + done, size - done, copy);
        if (n <= 0) {
          throw new IOException("file became shorter while it was mapped");
        }
        done += n;
      }
      return copy.map(mode, 0, size);
    } finally {
      delete(path);
    }
  }

  private Path createFile() throws IOException {
    Files.createDirectories(folder);
    String prefix = PREFIX + ProcessHandle.current().pid() + "-";
    return Files.createTempFile(folder, prefix, SUFFIX);
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit(); // where open files have to keep their name
    }
  }

  /** Deletes what processes left that ended between making the file and taking its name away. */
  private void sweep() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path path : left) {
        String name = path.getFileName().toString();
        int dash = name.indexOf('-', PREFIX.length());
        if (dash > 0 && isDead(name.substring(PREFIX.length(), dash))) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static boolean isDead(String pid) {
    return pid.chars().allMatch(c -> c >= '0' && c <= '9')
        && pid.length() < 19
        && !pid.isEmpty()
        && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }
}
