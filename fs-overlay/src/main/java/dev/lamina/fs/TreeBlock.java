// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The frame of a part of a {@link StoredTree}: length, checksum, bytes. */
final class TreeBlock {
  static final int HEADER = 4 + 4;

  /** A part holds {@link NameMap#WIDTH} entries at most; attributes of 64 KB each are rare. */
  private static final int MAX_SIZE = 1 << 30;

  private TreeBlock() {}

  static ByteBuffer header(byte[] bytes) {
    return ByteBuffer.allocate(HEADER)
        .putInt(bytes.length)
        .putInt(checksum(bytes, bytes.length))
        .flip();
  }

  static int checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  /** Reads a part; nothing if it is damaged. */
  static Optional<ByteBuffer> read(Content content, long position) throws IOException {
    long left = content.size() - position - HEADER;
    if (position < 0 || left < 0) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(content.slice(position, HEADER).toByteArray());
    int length = header.getInt();
    if (length < 0 || length > Math.min(left, MAX_SIZE)) {
      return Optional.empty();
    }
    byte[] bytes = content.slice(position + HEADER, length).toByteArray();
    return header.getInt() == checksum(bytes, length)
        ? Optional.of(ByteBuffer.wrap(bytes))
        : Optional.empty();
  }
}
