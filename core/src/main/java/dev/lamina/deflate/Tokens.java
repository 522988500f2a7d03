// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * What the input of one block was turned into: literals and matches in order. A token is an int, so
 * laid out that the writer of a block treats literals and matches alike, without a branch:
 *
 * <ul>
 *   <li>bits 0 to 8: the literal byte, or 256 + (length − 3);
 *   <li>bits 9 to 13: 0 for a literal, or 1 + the distance's symbol;
 *   <li>bits 14 to 26: the distance's extra bits.
 * </ul>
 *
 * <p>The arrays are open to the loops of this package, which fill and read them at a few cycles a
 * token.
 */
final class Tokens {
  /**
   * From how many tokens on a block is ended: blocks follow the data's changes, but each has a
   * header of some 70 bytes.
   */
  static final int LIMIT = 1 << 13;

  /** Four literals are written at once, of which one to four count; a match may follow the last. */
  private static final int SLACK = 8;

  static final int KINDS = 512;
  private static final int MATCH = 256 - Symbols.MIN_MATCH;
  private static final int SYMBOL_SHIFT = 9;
  private static final int EXTRA_SHIFT = 14;

  final int[] array = new int[LIMIT + SLACK];

  /**
   * How often each distance's symbol occurs, one place up; place 0 stands for literals and isn't
   * kept.
   */
  final int[] distanceCounts = new int[Symbols.DISTANCES + 2];

  int size;

  private final int[][] kindCounts = new int[4][KINDS];

  void clear() {
    size = 0;
    Arrays.fill(distanceCounts, 0);
  }

  /**
   * Returns the token of a match.
   *
   * @param length 3 to 258
   * @param distance 1 to 32768
   */
  static int match(int length, int distance) {
    // The symbol is twice the position of the top bit of distance - 1, plus the bit below it.
    int zeroBased = distance - 1;
    int top = 31 - Integer.numberOfLeadingZeros(zeroBased | 1);
    int extraBits = Math.max(top - 1, 0);
    int symbol = 2 * top + ((zeroBased >>> extraBits) & 1);
    int extra = zeroBased & ((1 << extraBits) - 1);
    return (MATCH + length) | (symbol + 1) << SYMBOL_SHIFT | extra << EXTRA_SHIFT;
  }

  /** Returns the literal, or 256 + (length − 3). */
  static int kind(int token) {
    return token & (KINDS - 1);
  }

  /** Returns 0 for a literal, or 1 + the distance's symbol. */
  static int distancePlace(int token) {
    return (token >>> SYMBOL_SHIFT) & 31;
  }

  /** Returns the extra bits of the distance. */
  static int distanceExtra(int token) {
    return token >>> EXTRA_SHIFT;
  }

  /**
   * Writes the bytes from {@code from} to {@code to} as literals and returns where the tokens end
   * then. Writes at least four places and reads up to three bytes past {@code to}: fewer branches,
   * as most runs are short.
   */
  static int putLiterals(byte[] in, int from, int to, int[] tokens, int at) {
    int position = from;
    int end = at + (to - from);
    for (int place = at; ; place += 4) {
      int four = Words.getInt(in, position);
      tokens[place] = four & 0xff;
      tokens[place + 1] = (four >>> 8) & 0xff;
      tokens[place + 2] = (four >>> 16) & 0xff;
      tokens[place + 3] = four >>> 24;
      if (place + 4 >= end) {
        return end;
      }
      position += 4;
    }
  }

  void putMatch(int length, int distance) {
    int token = match(length, distance);
    array[size++] = token;
    distanceCounts[distancePlace(token)]++;
  }

  /** Counts how often each literal and length symbol occurs. */
  void countLiteralsAndLengths(int[] counts) {
    int[] a = kindCounts[0];
    int[] b = kindCounts[1];
    int[] c = kindCounts[2];
    int[] d = kindCounts[3];
    for (int[] table : kindCounts) {
      Arrays.fill(table, 0);
    }
    // Four tables, as counting one literal twice in a row would wait for memory.
    int[] tokens = array;
    int fours = size & ~3;
    for (int i = 0; i < fours; i += 4) {
      a[kind(tokens[i])]++;
      b[kind(tokens[i + 1])]++;
      c[kind(tokens[i + 2])]++;
      d[kind(tokens[i + 3])]++;
    }
    for (int i = fours; i < size; i++) {
      a[kind(tokens[i])]++;
    }
    Arrays.fill(counts, 0);
    for (int i = 0; i < Symbols.LITERALS; i++) {
      counts[i] = a[i] + b[i] + c[i] + d[i];
    }
    for (int i = Symbols.LITERALS; i < KINDS; i++) {
      int length = i - MATCH;
      counts[Symbols.FIRST_LENGTH + Symbols.lengthSymbol(length)] += a[i] + b[i] + c[i] + d[i];
    }
  }
}
