// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import javax.annotation.Nullable;

/** A part of another content. */
final class ContentSlice implements Content {
  static final int CHUNK = 128 << 10;

  private final Content whole;
  private final long offset;
  private final long size;

  private ContentSlice(Content whole, long offset, long size) {
    this.whole = whole;
    this.offset = offset;
    this.size = size;
  }

  static Content of(Content whole, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, whole.size());
    if (length == 0) {
      return Content.empty();
    }
    if (length == whole.size()) {
      return whole;
    }
    return whole instanceof ContentSlice s
        ? new ContentSlice(s.whole, s.offset + offset, length)
        : new ContentSlice(whole, offset, length);
  }

  static IOException shortContent(Content content, long found) {
    return new IOException("content: expected " + content.size() + " bytes, found " + found);
  }

  /** Whether two contents of the same size have the same bytes. */
  static boolean sameBytes(Content a, Content b) throws IOException {
    ByteBuffer x = ByteBuffer.allocate((int) Math.min(a.size(), CHUNK));
    ByteBuffer y = ByteBuffer.allocate(x.capacity());
    for (long position = 0; position < a.size(); position += x.limit()) {
      fill(a, position, x);
      fill(b, position, y);
      if (!x.equals(y)) {
        return false;
      }
    }
    return true;
  }

  private static void fill(Content content, long position, ByteBuffer buffer) throws IOException {
    buffer.clear();
    buffer.limit((int) Math.min(buffer.capacity(), content.size() - position));
    while (buffer.hasRemaining()) {
      if (content.read(position + buffer.position(), buffer) < 0) {
        throw shortContent(content, position + buffer.position());
      }
    }
    buffer.flip();
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
    long left = size - position;
    if (dst.remaining() <= left) {
      return whole.read(offset + position, dst);
    }
    int limit = dst.limit();
    dst.limit(dst.position() + (int) left);
    try {
      return whole.read(offset + position, dst);
    } finally {
      dst.limit(limit);
    }
  }

  /** Parts of equal contents are equal if they are the same part; others may have equal bytes. */
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ContentSlice other
        && offset == other.offset
        && size == other.size
        && whole.equals(other.whole);
  }

  @Override
  public int hashCode() {
    return Objects.hash(offset, size);
  }
}
