// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

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
   * In {@link #words}, the low 6 bits hold the length of the code word, extra bits included; then
   * come word and extra bits. Of a distance, the low 6 bits hold the length of the code word, the
   * next 6 that length with the extra bits; then comes the word.
   */
  private static final int COUNT_BITS = 6;

  /** Where the lengths of matches begin in {@link #words}. */
  private static final int LENGTHS = 2 * Symbols.LITERALS;

  /** Where the distances begin. */
  private static final int DISTANCES = LENGTHS + Tokens.LENGTHS;

  private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

  /** How many bits go into a long beside the 7 that may be left of the last byte. */
  private static final int MAX_WORD = 56;

  private static final HuffmanCode FIXED_LITERALS =
      HuffmanCode.ofLengths(Symbols.fixedCodeLengths());
  private static final HuffmanCode FIXED_DISTANCES =
      HuffmanCode.ofLengths(Symbols.fixedDistanceCodeLengths());

  private final HuffmanCode literalCode =
      new HuffmanCode(Symbols.LITERALS_AND_LENGTHS, MAX_LITERAL_CODE);
  private final HuffmanCode distanceCode = new HuffmanCode(Symbols.DISTANCES, 15);
  private final CodeLengths codeLengths = new CodeLengths();

  /**
   * The words of the literals alone: an index of eight bits needs no check here if it is masked by
   * the table's length.
   */
  private final int[] literals = new int[Symbols.LITERALS];

  /**
   * The words of the literals, and as many without a bit for literals that aren't there; of lengths
   * and of distances. One table for all, as few registers are left for several.
   */
  private final int[] words = new int[DISTANCES + 32];

  /**
   * Writes the block of tokens that {@code in} was turned into from {@code from} to {@code to}, as
   * one that isn't the last.
   */
  void write(Tokens tokens, byte[] in, int from, int to, BitWriter out) {
    SymbolCounts counts = tokens.block;
    counts.literalsAndLengths[Symbols.END_OF_BLOCK] = 1;
    literalCode.build(counts.literalsAndLengths);
    distanceCode.build(counts.distances);
    codeLengths.set(literalCode, distanceCode);

    long extra = extraBits(counts);
    long dynamic = codeLengths.bits() + bits(counts, literalCode, distanceCode) + extra;
    long fixed = bits(counts, FIXED_LITERALS, FIXED_DISTANCES) + extra;
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

  private static long bits(SymbolCounts counts, HuffmanCode literals, HuffmanCode distances) {
    return bits(counts.literalsAndLengths, literals) + bits(counts.distances, distances);
  }

  private static long bits(int[] counts, HuffmanCode code) {
    long bits = 0;
    for (int i = 0; i < counts.length; i++) {
      bits += (long) counts[i] * code.length(i);
    }
    return bits;
  }

  private static long extraBits(SymbolCounts counts) {
    long bits = 0;
    for (int i = Symbols.FIRST_LENGTH; i < counts.literalsAndLengths.length; i++) {
      int extra = Symbols.lengthExtraBits(i - Symbols.FIRST_LENGTH);
      bits += (long) counts.literalsAndLengths[i] * extra;
    }
    for (int i = 0; i < counts.distances.length; i++) {
      bits += (long) counts.distances[i] * Symbols.distanceExtraBits(i);
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
    writeSequences(tokens, out);
    out.put(literals.code(Symbols.END_OF_BLOCK), literals.length(Symbols.END_OF_BLOCK));
  }

  private void fillTables(HuffmanCode literalCode, HuffmanCode distanceCode) {
    for (int i = 0; i < Symbols.LITERALS; i++) {
      words[i] = literalCode.code(i) << COUNT_BITS | literalCode.length(i);
      literals[i] = words[i];
    }
    for (int length = Symbols.MIN_MATCH; length <= Symbols.MAX_MATCH; length++) {
      int symbol = Symbols.lengthSymbol(length);
      int wordLength = literalCode.length(Symbols.FIRST_LENGTH + symbol);
      int extra = length - Symbols.lengthBase(symbol);
      int word = literalCode.code(Symbols.FIRST_LENGTH + symbol) | extra << wordLength;
      words[LENGTHS + Tokens.placeOfLength(length)] =
          word << COUNT_BITS | (wordLength + Symbols.lengthExtraBits(symbol));
    }
    for (int i = 0; i < Symbols.DISTANCES; i++) {
      int wordLength = distanceCode.length(i);
      int counts = (wordLength + Symbols.distanceExtraBits(i)) << COUNT_BITS | wordLength;
      words[DISTANCES + i + 1] = distanceCode.code(i) << (2 * COUNT_BITS) | counts;
    }
  }

  /**
   * Writes four literals at a time, up to 56 bits, and then the rest of the run, of which those
   * that aren't there have no bits, with the match.
   */
  private void writeSequences(Tokens tokens, BitWriter writer) {
    int[] literals = this.literals;
    int[] words = this.words;
    byte[] bytes = tokens.literals;
    long[] sequences = tokens.sequences;
    int size = tokens.blockSequences;
    byte[] out = writer.array();
    long bits = writer.bits;
    int bitCount = writer.bitCount;
    int position = writer.position;
    int at = 0;
    for (int i = 0; i < size; i++) {
      long sequence = sequences[i];
      int run = Tokens.run(sequence);
      for (; run >= 4; run -= 4) {
        int four = Words.getInt(bytes, at);
        at += 4;
        int a = literals[four & (literals.length - 1)];
        int b = literals[(four >>> 8) & (literals.length - 1)];
        int c = literals[(four >>> 16) & (literals.length - 1)];
        int d = literals[four >>> 24];
        int low = a >>> COUNT_BITS | (b >>> COUNT_BITS) << a;
        int high = c >>> COUNT_BITS | (d >>> COUNT_BITS) << c;
        bits |= (low | (long) high << (a + b)) << bitCount;
        bitCount += (a + b + c + d) & COUNT_MASK;
        Words.putLong(out, position, bits);
        position += bitCount >>> 3;
        bits >>>= bitCount & 0x38;
        bitCount &= 7;
      }
      int three = Words.getInt(bytes, at);
      at += run;
      int a = words[(three & 0xff) | ((run - 1) & 0x100)];
      int b = words[((three >>> 8) & 0xff) | ((run - 2) & 0x100)];
      int c = words[((three >>> 16) & 0xff) | ((run - 3) & 0x100)];
      int low = a >>> COUNT_BITS | (b >>> COUNT_BITS) << a;
      long word = low | (long) (c >>> COUNT_BITS) << (a + b);
      int count = (a + b + c) & COUNT_MASK;
      int match = (int) sequence;
      int length = words[LENGTHS + Tokens.lengthPlace(match)];
      int distance = words[DISTANCES + Tokens.distancePlace(match)];
      // Java shifts by the low 5 or 6 bits of a count, which are what is meant here.
      int distanceWord = distance >>> (2 * COUNT_BITS) | Tokens.distanceExtra(match) << distance;
      long matchWord = length >>> COUNT_BITS | (long) distanceWord << length;
      int matchCount = (length & COUNT_MASK) + ((distance >>> COUNT_BITS) & COUNT_MASK);
      if (count + matchCount > MAX_WORD) {
        bits |= word << bitCount;
        bitCount += count;
        Words.putLong(out, position, bits);
        position += bitCount >>> 3;
        bits >>>= bitCount & 0x38;
        bitCount &= 7;
        word = matchWord;
        count = matchCount;
      } else {
        word |= matchWord << count;
        count += matchCount;
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
  }
}
