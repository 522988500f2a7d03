// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of a part of a {@link StoredTree} that are being put together. */
final class PartWriter {
  private ByteBuffer bytes = ByteBuffer.allocate(256);

  /** Makes room for more bytes. */
  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      int capacity = Math.max(2 * bytes.capacity(), bytes.position() + more);
      byte[] copy = Arrays.copyOf(bytes.array(), capacity);
      bytes = ByteBuffer.wrap(copy, bytes.position(), capacity - bytes.position());
    }
    return bytes;
  }

  void putByte(int value) {
    room(1).put((byte) value);
  }

  void putShort(int value) {
    room(2).putShort((short) value);
  }

  void putInt(int value) {
    room(4).putInt(value);
  }

  void putLong(long value) {
    room(8).putLong(value);
  }

  /** Puts bytes with their number before them. */
  void putBytes(byte[] value) {
    room(4 + value.length).putInt(value.length).put(value);
  }

  /** Puts all that another has. */
  void put(PartWriter other) {
    room(other.bytes.position()).put(other.bytes.array(), 0, other.bytes.position());
  }

  void clear() {
    bytes.clear();
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
