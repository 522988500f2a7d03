// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * What input was turned into, a piece at a time. Pieces that are alike make up a block; the last
 * piece may come to it or begin the next one.
 *
 * <p>Tokens are sequences, each of some literals and a match after them. All literals stand one
 * after another in an array of bytes, so that they are taken in and counted eight at a time and
 * written four at a time, without a branch for each. The low half of a sequence is its match, the
 * high half says how many literals come before it. A match is laid out so that its writer treats
 * all alike:
 *
 * <ul>
 *   <li>bits 0 to 8: the length − 2, or 0 if there is no match, as after the last literals;
 *   <li>bits 9 to 13: 1 + the distance's symbol, or 0 if there is no match;
 *   <li>bits 14 to 26: the distance's extra bits.
 * </ul>
 *
 * <p>The arrays are open to the loops of this package, which fill and read them at a few cycles a
 * token.
 */
final class Tokens {
  /** From how many tokens on a piece is ended. */
  static final int PIECE = 1 << 13;

  private static final int MAX_PIECES = 4;

  /**
   * A piece that saves more bits than that if its symbols have codes of their own begins a block. A
   * block's header takes some 600 bits, and as much time as a few thousand literals.
   */
  private static final int WORTH_A_BLOCK = 1_000;

  /** Literals are copied eight at a time; finders may put a few tokens more than a piece has. */
  private static final int SLACK = 16;

  private static final int CAPACITY = (MAX_PIECES + 1) * (PIECE + SLACK);

  static final int LENGTHS = 512;
  private static final int NO_MATCH = 0;
  private static final int LENGTH_OFFSET = Symbols.MIN_MATCH - 1;
  private static final int SYMBOL_SHIFT = 9;
  private static final int EXTRA_SHIFT = 14;
  private static final int RUN_SHIFT = 32;

  final byte[] literals = new byte[CAPACITY];
  final long[] sequences = new long[CAPACITY];

  int literalCount;
  int sequenceCount;

  /** How many of the sequences are the block's. */
  int blockSequences;

  private int blockLiterals;
  private int blockPieces;

  /** What the block has. */
  final SymbolCounts block = new SymbolCounts();

  /** What the last piece has. */
  final SymbolCounts piece = new SymbolCounts();

  private final int[][] literalCounts = new int[4][Symbols.LITERALS];
  private final int[] lengthCounts = new int[LENGTHS];
  private final int[] placeCounts = new int[32];

  /**
   * Returns a match.
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
    return (length - LENGTH_OFFSET) | (symbol + 1) << SYMBOL_SHIFT | extra << EXTRA_SHIFT;
  }

  static long sequence(int run, int match) {
    return (long) run << RUN_SHIFT | match;
  }

  /** Returns how many literals are before the match. */
  static int run(long sequence) {
    return (int) (sequence >>> RUN_SHIFT);
  }

  /** Returns 0 if there is no match, or the place of its length among all lengths. */
  static int lengthPlace(int match) {
    return match & (LENGTHS - 1);
  }

  /** Returns the place of a length. */
  static int placeOfLength(int length) {
    return length - LENGTH_OFFSET;
  }

  /** Returns 0 if there is no match, or 1 + the distance's symbol. */
  static int distancePlace(int match) {
    return (match >>> SYMBOL_SHIFT) & 31;
  }

  /** Returns the extra bits of the distance. */
  static int distanceExtra(int match) {
    return match >>> EXTRA_SHIFT;
  }

  /**
   * Copies the bytes from {@code from} to {@code to} as literals. Copies at least eight and reads
   * up to seven bytes past {@code to}: fewer branches, as most runs are short.
   */
  static void copyLiterals(byte[] in, int from, int to, byte[] literals, int at) {
    int place = at;
    for (int position = from; ; position += 8, place += 8) {
      Words.putLong(literals, place, Words.getLong(in, position));
      if (position + 8 >= to) {
        return;
      }
    }
  }

  /** Forgets everything. */
  void clear() {
    addPiece();
    dropBlock();
  }

  /** Returns how many tokens there are. */
  int size() {
    return literalCount + sequenceCount;
  }

  /**
   * Ends a piece: literals that no match follows fill it up to its limit or to the end of the
   * input. Returns the position reached.
   *
   * @param newLiterals how many literals there are now in {@link #literals}
   * @param newSequences how many sequences there are in {@link #sequences}
   * @param from where the last match ends
   * @param end the end of the input
   */
  int endPiece(int newLiterals, int newSequences, byte[] in, int from, int end) {
    int full = blockLiterals + blockSequences + PIECE;
    int to = Math.min(end, from + Math.max(0, full - newLiterals - newSequences));
    literalCount = newLiterals;
    sequenceCount = newSequences;
    if (to > from) {
      copyLiterals(in, from, to, literals, literalCount);
      literalCount += to - from;
      sequences[sequenceCount++] = sequence(to - from, NO_MATCH);
    }
    countLiterals(piece.literalsAndLengths);
    countMatches(piece.literalsAndLengths, piece.distances);
    return to;
  }

  /** Says whether the last piece is like the block, which has room for it. */
  boolean pieceFits() {
    return blockPieces < MAX_PIECES && block.savedByOwnCodes(piece) <= WORTH_A_BLOCK;
  }

  /** Adds the last piece to the block. */
  void addPiece() {
    block.add(piece);
    blockLiterals = literalCount;
    blockSequences = sequenceCount;
    blockPieces++;
  }

  /** Forgets the block; the last piece stays if it wasn't added. */
  void dropBlock() {
    literalCount -= blockLiterals;
    sequenceCount -= blockSequences;
    System.arraycopy(literals, blockLiterals, literals, 0, literalCount);
    System.arraycopy(sequences, blockSequences, sequences, 0, sequenceCount);
    block.clear();
    blockLiterals = 0;
    blockSequences = 0;
    blockPieces = 0;
  }

  private void countLiterals(int[] counts) {
    int[] a = literalCounts[0];
    int[] b = literalCounts[1];
    int[] c = literalCounts[2];
    int[] d = literalCounts[3];
    for (int[] table : literalCounts) {
      Arrays.fill(table, 0);
    }
    // Four tables, as counting one literal twice in a row would wait for memory. An index masked by
    // a table's length needs no check.
    byte[] bytes = literals;
    int lastEight = literalCount - 8;
    int at = blockLiterals;
    for (; at <= lastEight; at += 8) {
      long eight = Words.getLong(bytes, at);
      int low = (int) eight;
      int high = (int) (eight >>> 32);
      a[low & (a.length - 1)]++;
      b[(low >>> 8) & (b.length - 1)]++;
      c[(low >>> 16) & (c.length - 1)]++;
      d[low >>> 24]++;
      a[high & (a.length - 1)]++;
      b[(high >>> 8) & (b.length - 1)]++;
      c[(high >>> 16) & (c.length - 1)]++;
      d[high >>> 24]++;
    }
    for (; at < literalCount; at++) {
      a[bytes[at] & 0xff]++;
    }
    for (int i = 0; i < Symbols.LITERALS; i++) {
      counts[i] = a[i] + b[i] + c[i] + d[i];
    }
  }

  private void countMatches(int[] literalsAndLengths, int[] distances) {
    int[] lengths = lengthCounts;
    int[] places = placeCounts;
    Arrays.fill(lengths, 0);
    Arrays.fill(places, 0);
    long[] sequences = this.sequences;
    for (int i = blockSequences; i < sequenceCount; i++) {
      int match = (int) sequences[i];
      lengths[lengthPlace(match)]++;
      places[distancePlace(match)]++;
    }
    Arrays.fill(literalsAndLengths, Symbols.LITERALS, literalsAndLengths.length, 0);
    for (int length = Symbols.MIN_MATCH; length <= Symbols.MAX_MATCH; length++) {
      literalsAndLengths[Symbols.FIRST_LENGTH + Symbols.lengthSymbol(length)] +=
          lengths[placeOfLength(length)];
    }
    System.arraycopy(places, 1, distances, 0, Symbols.DISTANCES);
  }
}
