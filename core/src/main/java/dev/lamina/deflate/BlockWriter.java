// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * Writes a block in the shortest of its three forms: stored, with the fixed code, or with codes of
 * its own.
 */
final class BlockWriter {
  private static final int HEADER_BITS = 3;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;

  private static final int MAX_STORED = 0xffff;

  /** Alignment and two lengths. */
  private static final int STORED_HEADER_BITS = 7 + 32;

  /**
   * One bit short of what the format allows: a match's code words and extra bits then fit into 47
   * bits.
   */
  private static final int MAX_LITERAL_CODE = 14;

  /**
   * In {@link #distances}: the low 6 bits hold the length of the code word, the next 6 that length
   * with the extra bits; then the word. In {@link #kinds}: the low 6 bits hold the length, extra
   * bits included; then word and extra bits.
   */
  private static final int COUNT_BITS = 6;

  private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

  /** How many bits go into a long beside the 7 that may be left of the last byte. */
  private static final int MAX_WORD = 56;

  private static final HuffmanCode FIXED_LITERALS = HuffmanCode.ofLengths(fixedLengths());
  private static final HuffmanCode FIXED_DISTANCES = HuffmanCode.ofLengths(filled(32, 5));

  private final HuffmanCode literalCode =
      new HuffmanCode(Symbols.LITERALS_AND_LENGTHS, MAX_LITERAL_CODE);
  private final HuffmanCode distanceCode = new HuffmanCode(Symbols.DISTANCES, 15);
  private final CodeLengths codeLengths = new CodeLengths();
  private final int[] literalCounts = new int[Symbols.LITERALS_AND_LENGTHS];
  private final int[] distanceCounts = new int[Symbols.DISTANCES];
  private final long[] kinds = new long[Tokens.KINDS];
  private final long[] distances = new long[32];

  private static int[] fixedLengths() {
    int[] lengths = filled(288, 8);
    Arrays.fill(lengths, 144, 256, 9);
    Arrays.fill(lengths, 256, 280, 7);
    return lengths;
  }

  private static int[] filled(int size, int value) {
    int[] array = new int[size];
    Arrays.fill(array, value);
    return array;
  }

  /**
   * Writes the tokens that {@code in} was turned into from {@code from} to {@code to}, as a block
   * that isn't the last.
   */
  void write(Tokens tokens, byte[] in, int from, int to, BitWriter out) {
    tokens.countLiteralsAndLengths(literalCounts);
    literalCounts[Symbols.END_OF_BLOCK] = 1;
    System.arraycopy(tokens.distanceCounts, 1, distanceCounts, 0, Symbols.DISTANCES);
    literalCode.build(literalCounts);
    distanceCode.build(distanceCounts);
    codeLengths.set(literalCode, distanceCode);

    long extra = extraBits();
    long dynamic = codeLengths.bits() + bits(literalCode, distanceCode) + extra;
    long fixed = bits(FIXED_LITERALS, FIXED_DISTANCES) + extra;
    if (storedBits(to - from) <= Math.min(fixed, dynamic)) {
      writeStored(in, from, to, out);
    } else if (fixed <= dynamic) {
      out.put(FIXED << 1, HEADER_BITS);
      writeTokens(tokens, FIXED_LITERALS, FIXED_DISTANCES, out);
    } else {
      out.put(DYNAMIC << 1, HEADER_BITS);
      codeLengths.write(out);
      writeTokens(tokens, literalCode, distanceCode, out);
    }
  }

  private long bits(HuffmanCode literals, HuffmanCode distances) {
    long bits = 0;
    for (int i = 0; i < literalCounts.length; i++) {
      bits += (long) literalCounts[i] * literals.length(i);
    }
    for (int i = 0; i < distanceCounts.length; i++) {
      bits += (long) distanceCounts[i] * distances.length(i);
    }
    return bits;
  }

  private long extraBits() {
    long bits = 0;
    for (int i = Symbols.FIRST_LENGTH; i < literalCounts.length; i++) {
      bits += (long) literalCounts[i] * Symbols.lengthExtraBits(i - Symbols.FIRST_LENGTH);
    }
    for (int i = 0; i < distanceCounts.length; i++) {
      bits += (long) distanceCounts[i] * Symbols.distanceExtraBits(i);
    }
    return bits;
  }

  private static long storedBits(int length) {
    long blocks = (length + MAX_STORED - 1L) / MAX_STORED;
    return blocks * (HEADER_BITS + STORED_HEADER_BITS) + 8L * length - HEADER_BITS;
  }

  private static void writeStored(byte[] in, int from, int to, BitWriter out) {
    for (int at = from; at < to; at += MAX_STORED) {
      int length = Math.min(MAX_STORED, to - at);
      writeStoredHeader(length, out);
      out.putBytes(in, at, length);
    }
  }

  /** Writes an empty stored block: what follows begins at a whole byte. */
  static void writeSync(BitWriter out) {
    writeStoredHeader(0, out);
  }

  private static void writeStoredHeader(int length, BitWriter out) {
    out.put(0, HEADER_BITS);
    out.align();
    out.put(length, 16);
    out.put(~length & MAX_STORED, 16);
  }

  private void writeTokens(
      Tokens tokens, HuffmanCode literals, HuffmanCode distances, BitWriter out) {
    fillTables(literals, distances);
    writeTokens(tokens.array, tokens.size, out);
    out.put(literals.code(Symbols.END_OF_BLOCK), literals.length(Symbols.END_OF_BLOCK));
  }

  private void fillTables(HuffmanCode literalCode, HuffmanCode distanceCode) {
    for (int i = 0; i < Symbols.LITERALS; i++) {
      kinds[i] = (long) literalCode.code(i) << COUNT_BITS | literalCode.length(i);
    }
    for (int length = Symbols.MIN_MATCH; length <= Symbols.MAX_MATCH; length++) {
      int symbol = Symbols.lengthSymbol(length);
      int wordLength = literalCode.length(Symbols.FIRST_LENGTH + symbol);
      int extra = length - Symbols.lengthBase(symbol);
      long word = literalCode.code(Symbols.FIRST_LENGTH + symbol) | extra << wordLength;
      kinds[Symbols.LITERALS + length - Symbols.MIN_MATCH] =
          word << COUNT_BITS | (wordLength + Symbols.lengthExtraBits(symbol));
    }
    for (int i = 0; i < Symbols.DISTANCES; i++) {
      int wordLength = distanceCode.length(i);
      long counts = (long) (wordLength + Symbols.distanceExtraBits(i)) << COUNT_BITS | wordLength;
      distances[i + 1] = (long) distanceCode.code(i) << (2 * COUNT_BITS) | counts;
    }
  }

  /**
   * Has no branch that depends on what the tokens are, but for a rare one: literals and matches
   * follow each other at random, and a mispredicted branch costs 20 cycles. Two tokens are put
   * together first where they fit into one word, as nearly all do.
   */
  private void writeTokens(int[] tokens, int size, BitWriter writer) {
    long[] kinds = this.kinds;
    long[] distances = this.distances;
    byte[] out = writer.array();
    long bits = writer.bits;
    int bitCount = writer.bitCount;
    int position = writer.position;
    int pairs = size & ~1;
    for (int i = 0; i < pairs; i += 2) {
      long kind = kinds[Tokens.kind(tokens[i])];
      long distance = distances[Tokens.distancePlace(tokens[i])];
      long word = word(kind, distance, tokens[i]);
      int count = count(kind, distance);
      long nextKind = kinds[Tokens.kind(tokens[i + 1])];
      long nextDistance = distances[Tokens.distancePlace(tokens[i + 1])];
      long nextWord = word(nextKind, nextDistance, tokens[i + 1]);
      int nextCount = count(nextKind, nextDistance);
      if (count + nextCount <= MAX_WORD) {
        word |= nextWord << count;
        count += nextCount;
      } else {
        bits |= word << bitCount;
        bitCount += count;
        Words.putLong(out, position, bits);
        position += bitCount >>> 3;
        bits >>>= bitCount & 0x38;
        bitCount &= 7;
        word = nextWord;
        count = nextCount;
      }
      bits |= word << bitCount;
      bitCount += count;
      Words.putLong(out, position, bits);
      position += bitCount >>> 3;
      bits >>>= bitCount & 0x38;
      bitCount &= 7;
    }
    writer.bits = bits;
    writer.bitCount = bitCount;
    writer.position = position;
    if (pairs < size) {
      long kind = kinds[Tokens.kind(tokens[pairs])];
      long distance = distances[Tokens.distancePlace(tokens[pairs])];
      writer.put(word(kind, distance, tokens[pairs]), count(kind, distance));
    }
  }

  /** Returns the bits of a token. */
  private static long word(long kind, long distance, int token) {
    // Java shifts by the low 6 bits of a count, which are what is meant here.
    long word =
        distance >>> (2 * COUNT_BITS) | (long) Tokens.distanceExtra(token) << (int) distance;
    return kind >>> COUNT_BITS | word << (int) kind;
  }

  private static int count(long kind, long distance) {
    return ((int) kind & COUNT_MASK) + ((int) (distance >>> COUNT_BITS) & COUNT_MASK);
  }
}
