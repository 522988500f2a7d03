// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * The alphabets of <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5">RFC 1951, 3.2.5
 * to 3.2.7</a>.
 */
final class Symbols {
  static final int LITERALS = 256;
  static final int END_OF_BLOCK = 256;
  static final int FIRST_LENGTH = 257;
  static final int LITERALS_AND_LENGTHS = 286;
  static final int DISTANCES = 30;

  /** The fixed codes have words for symbols too that never occur. */
  static final int FIXED_LITERALS_AND_LENGTHS = 288;

  static final int FIXED_DISTANCES = 32;

  /** The lengths of code words, and the three below. */
  static final int CODE_LENGTHS = 19;

  static final int REPEAT_LAST = 16;
  static final int REPEAT_ZERO = 17;
  static final int REPEAT_ZERO_LONG = 18;

  static final int MIN_MATCH = 3;
  static final int MAX_MATCH = 258;
  static final int MAX_DISTANCE = 1 << 15;

  private static final int LENGTHS = LITERALS_AND_LENGTHS - FIRST_LENGTH;
  private static final int[] LENGTH_BASE = new int[LENGTHS];
  private static final byte[] LENGTH_EXTRA_BITS = new byte[LENGTHS];
  private static final byte[] LENGTH_SYMBOL = new byte[MAX_MATCH - MIN_MATCH + 1];

  private static final byte[] CODE_LENGTH_EXTRA_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7
  };
  private static final byte[] CODE_LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  static {
    int length = MIN_MATCH;
    for (int symbol = 0; symbol < LENGTHS - 1; symbol++) {
      int extra = symbol < 8 ? 0 : symbol / 4 - 1;
      LENGTH_BASE[symbol] = length;
      LENGTH_EXTRA_BITS[symbol] = (byte) extra;
      for (int i = 0; i < 1 << extra && length <= MAX_MATCH; i++) {
        LENGTH_SYMBOL[length++ - MIN_MATCH] = (byte) symbol;
      }
    }
    LENGTH_BASE[LENGTHS - 1] = MAX_MATCH; // the longest match has a symbol of its own
    LENGTH_SYMBOL[MAX_MATCH - MIN_MATCH] = LENGTHS - 1;
  }

  /** Returns the symbol of a match's length, 0 for {@link #FIRST_LENGTH}. */
  static int lengthSymbol(int length) {
    return LENGTH_SYMBOL[length - MIN_MATCH];
  }

  static int lengthBase(int lengthSymbol) {
    return LENGTH_BASE[lengthSymbol];
  }

  static int lengthExtraBits(int lengthSymbol) {
    return LENGTH_EXTRA_BITS[lengthSymbol];
  }

  static int distanceExtraBits(int distanceSymbol) {
    return distanceSymbol < 4 ? 0 : distanceSymbol / 2 - 1;
  }

  /** Returns the least distance of a symbol. */
  static int distanceBase(int distanceSymbol) {
    int high = distanceSymbol < 4 ? distanceSymbol : 2 + (distanceSymbol & 1);
    return (high << distanceExtraBits(distanceSymbol)) + 1;
  }

  /** Returns how many bits say how often a code length is repeated. */
  static int codeLengthExtraBits(int codeLength) {
    return CODE_LENGTH_EXTRA_BITS[codeLength];
  }

  /**
   * Returns which code length's own word has its length sent at a place: the rarely used ones come
   * last.
   */
  static int codeLengthAt(int place) {
    return CODE_LENGTH_ORDER[place];
  }

  /** Returns the lengths of the words of the fixed code for literals and lengths. */
  static byte[] fixedCodeLengths() {
    byte[] lengths = new byte[FIXED_LITERALS_AND_LENGTHS];
    Arrays.fill(lengths, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    return lengths;
  }

  /** Returns the lengths of the words of the fixed code for distances. */
  static byte[] fixedDistanceCodeLengths() {
    byte[] lengths = new byte[FIXED_DISTANCES];
    Arrays.fill(lengths, (byte) 5);
    return lengths;
  }

  private Symbols() {}
}
