// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

/**
 * The alphabets of <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5">RFC 1951,
 * 3.2.5</a>.
 */
final class Symbols {
  static final int LITERALS = 256;
  static final int END_OF_BLOCK = 256;
  static final int FIRST_LENGTH = 257;
  static final int LITERALS_AND_LENGTHS = 286;
  static final int DISTANCES = 30;

  static final int MIN_MATCH = 3;
  static final int MAX_MATCH = 258;
  static final int MAX_DISTANCE = 1 << 15;

  private static final int LENGTHS = LITERALS_AND_LENGTHS - FIRST_LENGTH;
  private static final int[] LENGTH_BASE = new int[LENGTHS];
  private static final byte[] LENGTH_EXTRA_BITS = new byte[LENGTHS];
  private static final byte[] LENGTH_SYMBOL = new byte[MAX_MATCH - MIN_MATCH + 1];

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

  private Symbols() {}
}
