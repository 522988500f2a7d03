// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

/**
 * Writes bits into an array, the low ones first. The loop that writes a block's tokens keeps {@link
 * #bits}, {@link #bitCount} and {@link #position} in locals and puts them back.
 */
final class BitWriter {
  private final byte[] out;

  /** Where the next whole byte goes. */
  int position;

  /** What is not yet a whole byte. */
  long bits;

  /** How many of {@link #bits} count: 0 to 7 between calls. */
  int bitCount;

  /**
   * Writes into {@code out} from {@code position} on; there must be room for 8 bytes more than what
   * is written.
   */
  BitWriter(byte[] out, int position) {
    this.out = out;
    this.position = position;
  }

  byte[] array() {
    return out;
  }

  /**
   * Writes the low bits of a value.
   *
   * @param count 0 to 48; the value's other bits must be 0
   */
  void put(long value, int count) {
    bits |= value << bitCount;
    bitCount += count;
    Words.putLong(out, position, bits);
    position += bitCount >>> 3;
    bits >>>= bitCount & 0x38;
    bitCount &= 7;
  }

  /** Fills the last byte up with zeros. */
  void align() {
    if (bitCount > 0) {
      out[position++] = (byte) bits;
      bits = 0;
      bitCount = 0;
    }
  }

  /** Writes whole bytes; the writer must be aligned. */
  void putBytes(byte[] source, int from, int count) {
    System.arraycopy(source, from, out, position, count);
    position += count;
  }
}
