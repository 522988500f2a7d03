// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import javax.annotation.Nullable;

/** A part of a host file, which is opened for each read. */
final class FileContent implements Content {
  private static final ContentOpener PLAIN =
      file -> new Plain(FileChannel.open(file, StandardOpenOption.READ));

  private final Path file;
  private final long offset;
  private final long size;
  private final ContentOpener opener;

  private FileContent(Path file, long offset, long size, ContentOpener opener) {
    this.file = file;
    this.offset = offset;
    this.size = size;
    this.opener = opener;
  }

  private record Plain(FileChannel channel) implements ContentOpener.Opened {}

  static Content of(Path file) throws IOException {
    return of(file, 0, Files.size(file));
  }

  static Content of(Path file, long offset, long length) {
    return of(file, offset, length, PLAIN);
  }

  static Content of(Path file, long offset, long length, ContentOpener opener) {
    if (offset < 0 || length < 0) {
      throw new IndexOutOfBoundsException(
          "part of " + file + ": offset " + offset + ", length " + length);
    }
    return length == 0 ? Content.empty() : new FileContent(file, offset, length, opener);
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
    try (ContentOpener.Opened opened = opener.open(file)) {
      int n = read(opened, position, dst);
      opened.check();
      return n;
    }
  }

  private int read(ContentOpener.Opened opened, long position, ByteBuffer dst) throws IOException {
    int limit = dst.limit();
    if (dst.remaining() > size - position) {
      dst.limit(dst.position() + (int) (size - position));
    }
    try {
      int n = opened.channel().read(dst, offset + position);
      if (n < 0) {
        opened.check();
        throw new IOException(file + ": expected " + (offset + size) + " bytes, found fewer");
      }
      return n;
    } finally {
      dst.limit(limit);
    }
  }

  @Override
  public Content slice(long from, long length) {
    Objects.checkFromIndexSize(from, length, size);
    return of(file, offset + from, length, opener);
  }

  @Override
  public InputStream newInputStream() throws IOException {
    return newInputStream(open());
  }

  /** Opens the file; who asked closes it. */
  ContentOpener.Opened open() throws IOException {
    return opener.open(file);
  }

  /** Tells whether what opens the file of one of both opens that of the other. */
  boolean isOpenedAs(FileContent other) {
    return file.equals(other.file) && opener.equals(other.opener);
  }

  /** Returns a stream of all bytes, by way of the file that is open, which it closes. */
  InputStream newInputStream(ContentOpener.Opened opened) {
    return new OpenContentStream(opened);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = newInputStream()) {
      byte[] chunk = new byte[(int) Math.min(size, ContentSlice.CHUNK)];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
      }
    }
  }

  @Override
  public void writeTo(WritableByteChannel out) throws IOException {
    try (ContentOpener.Opened opened = opener.open(file)) {
      long done = 0;
      while (done < size) {
        long n = opened.channel().transferTo(offset + done, size - done, out);
        if (n <= 0) {
          opened.check();
          throw ContentSlice.shortContent(this, done);
        }
        done += n;
      }
      opened.check();
    }
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof FileContent other
        && offset == other.offset
        && size == other.size
        && isOpenedAs(other);
  }

  @Override
  public int hashCode() {
    return Objects.hash(file, offset, size);
  }

  @Override
  public String toString() {
    return size + " bytes of " + file;
  }

  /** Reads through one open channel. */
  private final class OpenContentStream extends InputStream {
    private final ContentOpener.Opened opened;
    private long position;

    OpenContentStream(ContentOpener.Opened opened) {
      this.opened = opened;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position >= size) {
        return -1;
      }
      int n = FileContent.this.read(opened, position, ByteBuffer.wrap(bytes, from, length));
      position += n;
      if (position == size) {
        opened.check();
      }
      return n;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, size - position);
    }

    @Override
    public void close() throws IOException {
      opened.close();
    }
  }
}
