// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import java.util.Arrays;

/** Bytes written one value after another: numbers in groups of seven bits, the smallest first. */
final class ByteWriter {
  private byte[] bytes = new byte[1024];
  private int size;

  void number(long value) {
    long rest = value;
    ensure(10);
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes a number that may be negative, small ones of both signs in one byte. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void bytes(byte[] value, int from, int length) {
    number(length);
    ensure(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
  }

  void bytes(byte[] value) {
    bytes(value, 0, value.length);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
