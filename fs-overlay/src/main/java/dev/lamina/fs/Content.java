// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * Immutable bytes that can be read from any position: a file's content, a blob, or a slice of one.
 *
 * <p>Implementations give the same bytes for ever and may be read by several threads at once.
 * Nothing has to be closed: one that needs a file opens it for as long as it reads.
 */
public interface Content {
  /** Returns the number of bytes. */
  long size();

  /**
   * Reads bytes into the space left in {@code dst}.
   *
   * @param position where to begin, from 0 on
   * @return how many bytes were read, at least one if there is space and {@code position} is before
   *     the end, or -1 if it isn't
   * @throws IOException if the bytes can't be had
   */
  int read(long position, ByteBuffer dst) throws IOException;

  /**
   * Returns {@code length} bytes from {@code offset} on, without copying them.
   *
   * @throws IndexOutOfBoundsException if they aren't all there
   */
  default Content slice(long offset, long length) {
    return ContentSlice.of(this, offset, length);
  }

  /**
   * Returns a stream of all bytes.
   *
   * @throws IOException if they can't be had
   */
  default InputStream newInputStream() throws IOException {
    return new ContentInputStream(this);
  }

  /**
   * Writes all bytes to {@code out}, which stays open.
   *
   * @throws IOException if they can't be had or written
   */
  default void writeTo(OutputStream out) throws IOException {
    byte[] chunk = new byte[(int) Math.min(Math.max(size(), 1), ContentSlice.CHUNK)];
    ByteBuffer buffer = ByteBuffer.wrap(chunk);
    long position = 0;
    while (position < size()) {
      int n = read(position, buffer.clear());
      if (n < 0) {
        throw ContentSlice.shortContent(this, position);
      }
      out.write(chunk, 0, n);
      position += n;
    }
  }

  /**
   * Writes all bytes to {@code out}, which stays open.
   *
   * @throws IOException if they can't be had or written
   */
  default void writeTo(WritableByteChannel out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size(), ContentSlice.CHUNK));
    long position = 0;
    while (position < size()) {
      int n = read(position, buffer.clear());
      if (n < 0) {
        throw ContentSlice.shortContent(this, position);
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        position += out.write(buffer);
      }
    }
  }

  /**
   * Returns a copy of all bytes.
   *
   * @throws IOException if they can't be had, or are too many for an array
   */
  default byte[] toByteArray() throws IOException {
    if (size() > Integer.MAX_VALUE - 8) {
      throw new IOException("content of " + size() + " bytes is too large for an array");
    }
    byte[] bytes = new byte[(int) size()];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (read(buffer.position(), buffer) < 0) {
        throw ContentSlice.shortContent(this, buffer.position());
      }
    }
    return bytes;
  }

  /** Returns no bytes. */
  static Content empty() {
    return BytesContent.EMPTY;
  }

  /** Returns a copy of {@code bytes}, equal to every other content of the same bytes made here. */
  static Content of(byte[] bytes) {
    return bytes.length == 0 ? BytesContent.EMPTY : new BytesContent(bytes.clone());
  }

  /**
   * Returns the bytes a host file has now. Nothing is read yet; reading fails if the file got
   * shorter.
   *
   * @throws IOException if the file's size can't be had
   */
  static Content ofFile(Path file) throws IOException {
    return FileContent.of(file);
  }

  /**
   * Returns a part of a host file. Nothing is read or checked yet.
   *
   * @param offset where it begins, from 0 on
   * @param length number of bytes
   */
  static Content ofFile(Path file, long offset, long length) {
    return FileContent.of(file, offset, length);
  }

  /**
   * Returns a part of a host file which is opened by {@code opener} each time it is read, and
   * checked by it when all that was asked for was read. Nothing is read or checked yet.
   *
   * @param offset where it begins, from 0 on
   * @param length number of bytes
   */
  static Content ofFile(Path file, long offset, long length, ContentOpener opener) {
    return FileContent.of(file, offset, length, opener);
  }
}
