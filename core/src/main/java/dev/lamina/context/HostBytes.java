// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Objects;
import javax.annotation.Nullable;

/**
 * A part of a file of a context's folder, which is opened for each read and looked at again when
 * all of the part was read: bytes of a file that is not what it was when it was found are an error.
 */
final class HostBytes implements Content {
  private static final int CHUNK = 64 * 1024;

  private final HostDirectory directory;
  private final Path file;
  private final FileVersion version;
  private final long offset;
  private final long size;

  HostBytes(HostDirectory directory, Path file, FileVersion version, long offset, long size) {
    this.directory = directory;
    this.file = file;
    this.version = version;
    this.offset = offset;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    if (position >= size) {
      return -1;
    }
    HostDirectory.Opened opened = directory.open(file);
    try (FileChannel channel = opened.channel()) {
      int n = read(channel, position, dst);
      requireUnchanged(opened);
      return n;
    }
  }

  private int read(FileChannel channel, long position, ByteBuffer dst) throws IOException {
    int limit = dst.limit();
    dst.limit(dst.position() + (int) Math.min(dst.remaining(), size - position));
    try {
      int n = channel.read(dst, offset + position);
      if (n < 0) {
        throw changed();
      }
      return n;
    } finally {
      dst.limit(limit);
    }
  }

  private void requireUnchanged(HostDirectory.Opened opened) throws IOException {
    if (!ContextStat.is(file, version, opened.key())) {
      throw changed();
    }
  }

  private IOException changed() {
    return new IOException(file + ": expected a file that stays as it is, found it changed");
  }

  @Override
  public Content slice(long from, long length) {
    Objects.checkFromIndexSize(from, length, size);
    return length == 0
        ? Content.empty()
        : new HostBytes(directory, file, version, offset + from, length);
  }

  @Override
  public InputStream newInputStream() throws IOException {
    return new OpenStream(directory.open(file));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = newInputStream()) {
      byte[] chunk = new byte[(int) Math.min(size, CHUNK)];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
      }
    }
  }

  @Override
  public void writeTo(WritableByteChannel out) throws IOException {
    HostDirectory.Opened opened = directory.open(file);
    try (FileChannel channel = opened.channel()) {
      for (long done = 0; done < size; ) {
        long n = channel.transferTo(offset + done, size - done, out);
        if (n <= 0) {
          throw changed();
        }
        done += n;
      }
      requireUnchanged(opened);
    }
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof HostBytes other
        && offset == other.offset
        && size == other.size
        && version.equals(other.version)
        && file.equals(other.file);
  }

  @Override
  public int hashCode() {
    return 31 * version.hashCode() + Long.hashCode(offset);
  }

  @Override
  public String toString() {
    return size + " bytes of " + file;
  }

  /** Reads through one open channel. */
  private final class OpenStream extends InputStream {
    private final HostDirectory.Opened opened;
    private long position;

    OpenStream(HostDirectory.Opened opened) {
      this.opened = opened;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position >= size) {
        return -1;
      }
      int n = HostBytes.this.read(opened.channel(), position, ByteBuffer.wrap(into, from, length));
      position += n;
      if (position == size) {
        requireUnchanged(opened);
      }
      return n;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, size - position);
    }

    @Override
    public void close() throws IOException {
      opened.channel().close();
    }
  }
}
