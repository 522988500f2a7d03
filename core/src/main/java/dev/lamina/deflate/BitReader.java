// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;

/**
 * The next bits of a DEFLATE stream, the first of them lowest. Behind the end of the input bits are
 * zeros: that some of them were taken is seen afterwards.
 */
final class BitReader {
  private final InflateInput input;
  long bits;

  /** How many bits are there; those above have been looked at, and are read again. */
  int bitCount;

  BitReader(InflateInput input) {
    this.input = input;
  }

  void reset() {
    bits = 0;
    bitCount = 0;
  }

  /** Goes to the next whole byte, which the input is at then. */
  void align() {
    int unused = take(bitCount & 7);
    unread();
  }

  /** Gives whole bytes back to the input. */
  void unread() {
    input.position -= bitCount >>> 3;
    bitCount &= 7;
    bits &= (1 << bitCount) - 1;
  }

  /** Reads more input if there is less than so much. */
  void fill(int count) throws IOException {
    if (input.limit - input.position < count && !input.ended) {
      unread();
      boolean unused = input.fill(count);
    }
  }

  /** Sees to it that no bit has been taken from behind the input's end. */
  void requireInput() throws EOFException {
    if (input.position - (bitCount >>> 3) > input.limit) {
      throw InflateInput.endedEarly();
    }
  }

  void refill() throws EOFException {
    if (input.position > input.limit + 8) {
      throw InflateInput.endedEarly();
    }
    bits |= Words.getLong(input.bytes, input.position) << bitCount;
    input.position += (63 - bitCount) >>> 3;
    bitCount |= 56;
  }

  int take(int count) {
    int taken = (int) bits & ((1 << count) - 1);
    bits >>>= count;
    bitCount -= count;
    return taken;
  }

  /** Returns what is wrong: the input's end if that has been passed, as what is read then is 0. */
  DataFormatException invalid(String what) throws EOFException {
    requireInput();
    return new DataFormatException("invalid " + what);
  }
}
