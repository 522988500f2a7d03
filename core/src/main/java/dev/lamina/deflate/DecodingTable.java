// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * What the next bits of a stream stand for. A table is indexed by as many bits as it has by itself;
 * longer codes lead from there to a table below. Reused for one code after another.
 *
 * <p>An entry's low six bits say how many bits it takes. One of a literal has {@link #LITERAL} and
 * the byte from bit 8 on; where another literal's code fits behind it, {@link #PAIR} too and that
 * byte from bit 16 on. One of a length or distance has what is to be added to its extra bits from
 * bit 16 on, its code's length without the extra bits from bit 8 on, and takes both at once. {@link
 * #SPECIAL} is the end of a block, {@link #SUBTABLE}, or no code.
 */
final class DecodingTable {
  static final int LITERAL = 1 << 31;
  static final int PAIR = 1 << 30;
  static final int SPECIAL = 1 << 14;
  static final int SUBTABLE = 1 << 15;
  static final int END_OF_BLOCK = 1 << 16;

  static final int LITERAL_BITS = 11;
  static final int DISTANCE_BITS = 9;
  static final int CODE_LENGTH_BITS = 7;

  private static final int MAX_BITS = 15;

  /** Most entries of all complete codes of so many symbols, as zlib's {@code enough} counts. */
  private static final int LITERAL_ENTRIES = 2342;

  private static final int DISTANCE_ENTRIES = 594;

  final int[] entries;
  private final int bits;
  private final int[] symbols;
  private final int[] count = new int[MAX_BITS + 2];
  private final int[] next = new int[MAX_BITS + 2];
  private final int[] sorted = new int[Symbols.FIXED_LITERALS_AND_LENGTHS];

  // Of sorted symbols: their codes and entries. Of those of a length, literals are the first.
  private final int[] codes = new int[Symbols.FIXED_LITERALS_AND_LENGTHS];
  private final int[] found = new int[Symbols.FIXED_LITERALS_AND_LENGTHS];
  private final int[] first = new int[MAX_BITS + 1];
  private final int[] literals = new int[MAX_BITS + 1];

  private DecodingTable(int bits, int size, int[] symbols) {
    this.bits = bits;
    this.entries = new int[size];
    this.symbols = symbols;
  }

  static DecodingTable ofLiterals() {
    int[] symbols = new int[Symbols.FIXED_LITERALS_AND_LENGTHS];
    Arrays.fill(symbols, SPECIAL);
    for (int i = 0; i < Symbols.LITERALS; i++) {
      symbols[i] = LITERAL | i << 8;
    }
    symbols[Symbols.END_OF_BLOCK] = SPECIAL | END_OF_BLOCK;
    for (int i = Symbols.FIRST_LENGTH; i < Symbols.LITERALS_AND_LENGTHS; i++) {
      int length = i - Symbols.FIRST_LENGTH;
      symbols[i] = Symbols.lengthBase(length) << 16 | Symbols.lengthExtraBits(length);
    }
    return new DecodingTable(LITERAL_BITS, LITERAL_ENTRIES, symbols);
  }

  static DecodingTable ofDistances() {
    int[] symbols = new int[Symbols.FIXED_DISTANCES];
    Arrays.fill(symbols, SPECIAL);
    for (int i = 0; i < Symbols.DISTANCES; i++) {
      symbols[i] = Symbols.distanceBase(i) << 16 | Symbols.distanceExtraBits(i);
    }
    return new DecodingTable(DISTANCE_BITS, DISTANCE_ENTRIES, symbols);
  }

  static DecodingTable ofCodeLengths() {
    int[] symbols = new int[Symbols.CODE_LENGTHS];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = i << 16;
    }
    return new DecodingTable(CODE_LENGTH_BITS, 1 << CODE_LENGTH_BITS, symbols);
  }

  /**
   * Makes the table of a code.
   *
   * @param lengths of the codes of the symbols from {@code from} on; 0 where there is none
   * @return false if they aren't those of a code; one without symbols, and if {@code orOne} one of
   *     a single bit, are
   */
  boolean build(byte[] lengths, int from, int size, boolean orOne) {
    Arrays.fill(count, 0);
    for (int i = 0; i < size; i++) {
      count[lengths[from + i]]++;
    }
    int used = size - count[0];
    count[0] = 0;
    int longest = 0;
    int room = 1;
    for (int length = 1; length <= MAX_BITS; length++) {
      room = (room << 1) - count[length];
      if (room < 0) {
        return false;
      }
      next[length + 1] = next[length] + count[length];
      longest = count[length] > 0 ? length : longest;
    }
    if (used == 0) {
      Arrays.fill(entries, 0, 1 << bits, SPECIAL);
      return true;
    }
    if (room > 0 && !(orOne && longest == 1)) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      int length = lengths[from + i];
      if (length > 0) {
        sorted[next[length]++] = i;
      }
    }
    next[1] = 0;
    fill(longest);
    return true;
  }

  /** Goes through the codes in their order; {@code code} is one with its first bit lowest. */
  private void fill(int longest) {
    int code = 0;
    int symbol = 0;
    int size = 1;
    entries[0] = SPECIAL;
    for (int length = 1; length <= bits; length++) {
      System.arraycopy(entries, 0, entries, size, size);
      size <<= 1;
      first[length] = symbol;
      literals[length] = 0;
      for (int i = count[length]; i > 0; i--) {
        int entry = entry(symbols[sorted[symbol]], length);
        entries[code] = entry;
        found[symbol] = entry;
        codes[symbol++] = code;
        literals[length] += entry >>> 31;
        code = following(code, length);
      }
      fillPairs(length);
    }
    int end = size;
    int start = 0;
    int below = 0;
    int prefix = -1;
    for (int length = bits + 1; length <= longest; length++) {
      for (int i = count[length]; i > 0; i--) {
        if ((code & (size - 1)) != prefix) {
          prefix = code & (size - 1);
          below = bitsBelow(length, i, longest);
          start = end;
          end += 1 << below;
          entries[prefix] = SPECIAL | SUBTABLE | start << 16 | below << 8 | bits;
        }
        int entry = entry(symbols[sorted[symbol++]], length - bits);
        for (int at = start + (code >>> bits); at < end; at += 1 << (length - bits)) {
          entries[at] = entry;
        }
        code = following(code, length);
      }
    }
  }

  /** Puts what two literals are where the first alone is: all whose codes are so long together. */
  private void fillPairs(int length) {
    for (int one = 1; one < length; one++) {
      int from = first[length - one];
      int to = from + literals[length - one];
      if (from == to) {
        continue;
      }
      for (int i = first[one]; i < first[one] + literals[one]; i++) {
        for (int j = from; j < to; j++) {
          int second = (found[j] & 0xff00) << 8 | (length - one);
          entries[codes[i] | codes[j] << one] = PAIR | (found[i] + second);
        }
      }
    }
  }

  /** Returns how many bits the codes have that go on from a prefix, the first of this length. */
  private int bitsBelow(int length, int left, int longest) {
    int below = length - bits;
    int room = (1 << below) - left;
    for (int longer = length + 1; room > 0 && longer <= longest; longer++) {
      below++;
      room = (room << 1) - count[longer];
    }
    return below;
  }

  private static int entry(int symbol, int length) {
    if (symbol < 0 || (symbol & SPECIAL) != 0) {
      return symbol | length;
    }
    int extra = symbol & 0xff;
    return (symbol - extra) | (length << 8) | (length + extra);
  }

  /** Adds one to a code whose highest bit is the lowest here; 0 after the last. */
  private static int following(int code, int length) {
    int bit = Integer.highestOneBit(code ^ ((1 << length) - 1));
    return bit == 0 ? 0 : (code & (bit - 1)) | bit;
  }
}
