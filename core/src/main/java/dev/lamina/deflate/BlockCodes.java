// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/** The codes of a compressed block, as tables; reused for one block after another. */
final class BlockCodes {
  private static final byte[] FIXED_LITERALS = Symbols.fixedCodeLengths();
  private static final byte[] FIXED_DISTANCES = Symbols.fixedDistanceCodeLengths();

  private static final int DISTANCES_SIZE = 1 << DecodingTable.DISTANCE_BITS;

  final DecodingTable literals = DecodingTable.ofLiterals();
  final DecodingTable distances = DecodingTable.ofDistances();

  /**
   * What the next {@link DecodingTable#LITERAL_BITS} bits are: the entry of {@link #literals} in
   * the low half, that of {@link #distances} in the high half. So the next one can be loaded before
   * it is known which of the two it is to be.
   */
  final long[] entries = new long[1 << DecodingTable.LITERAL_BITS];

  private final DecodingTable codeLengths = DecodingTable.ofCodeLengths();
  private final byte[] lengths = new byte[Symbols.LITERALS_AND_LENGTHS + Symbols.DISTANCES];

  /** Takes the codes that need no header. */
  void useFixed() {
    boolean unused = literals.build(FIXED_LITERALS, 0, FIXED_LITERALS.length, false);
    unused = distances.build(FIXED_DISTANCES, 0, FIXED_DISTANCES.length, false);
    join();
  }

  /** Reads the codes of a block from its header, all of which the input has. */
  void read(BitReader reader) throws IOException, DataFormatException {
    int literalCount = reader.take(5) + 257;
    int distanceCount = reader.take(5) + 1;
    int codeLengthCount = reader.take(4) + 4;
    if (literalCount > Symbols.LITERALS_AND_LENGTHS || distanceCount > Symbols.DISTANCES) {
      throw reader.invalid("number of length or distance symbols");
    }
    Arrays.fill(lengths, 0, Symbols.CODE_LENGTHS, (byte) 0);
    for (int i = 0; i < codeLengthCount; i++) {
      reader.refill();
      lengths[Symbols.codeLengthAt(i)] = (byte) reader.take(3);
    }
    if (!codeLengths.build(lengths, 0, Symbols.CODE_LENGTHS, false)) {
      throw reader.invalid("code lengths set");
    }
    readLengths(reader, literalCount + distanceCount);
    if (lengths[Symbols.END_OF_BLOCK] == 0) {
      throw reader.invalid("code: missing end of block");
    }
    if (!literals.build(lengths, 0, literalCount, true)) {
      throw reader.invalid("literal and length code");
    }
    if (!distances.build(lengths, literalCount, distanceCount, true)) {
      throw reader.invalid("distance code");
    }
    join();
  }

  private void join() {
    int[] low = literals.entries;
    int[] high = distances.entries;
    for (int from = 0; from < entries.length; from += DISTANCES_SIZE) {
      for (int i = 0; i < DISTANCES_SIZE; i++) {
        entries[from + i] = (low[from + i] & 0xffffffffL) | (long) high[i] << 32;
      }
    }
  }

  private void readLengths(BitReader reader, int count) throws IOException, DataFormatException {
    for (int i = 0; i < count; ) {
      reader.refill();
      int entry =
          codeLengths.entries[(int) reader.bits & ((1 << DecodingTable.CODE_LENGTH_BITS) - 1)];
      if ((entry & DecodingTable.SPECIAL) != 0) {
        throw reader.invalid("code length");
      }
      int unused = reader.take(entry & 63);
      int symbol = entry >>> 16;
      if (symbol < Symbols.REPEAT_LAST) {
        lengths[i++] = (byte) symbol;
        continue;
      }
      if (symbol == Symbols.REPEAT_LAST && i == 0) {
        throw reader.invalid("bit length repeat");
      }
      byte length = symbol == Symbols.REPEAT_LAST ? lengths[i - 1] : 0;
      int least = symbol == Symbols.REPEAT_ZERO_LONG ? 11 : 3;
      int times = least + reader.take(Symbols.codeLengthExtraBits(symbol));
      if (times > count - i) {
        throw reader.invalid("bit length repeat");
      }
      Arrays.fill(lengths, i, i + times, length);
      i += times;
    }
  }
}
