// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/** The codes of a compressed block, as tables; reused for one block after another. */
final class BlockCodes {
  private static final int[] CODE_LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  final DecodingTable literals = DecodingTable.ofLiterals();
  final DecodingTable distances = DecodingTable.ofDistances();
  private final DecodingTable codeLengths = DecodingTable.ofCodeLengths();
  private final byte[] lengths = new byte[320];

  /** Takes the codes that need no header. */
  void useFixed() {
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, 288, (byte) 8);
    Arrays.fill(lengths, 288, 320, (byte) 5);
    boolean unused = literals.build(lengths, 0, 288, false);
    unused = distances.build(lengths, 288, 32, false);
  }

  /** Reads the codes of a block from its header, all of which the input has. */
  void read(BitReader reader) throws IOException, DataFormatException {
    int literalCount = reader.take(5) + 257;
    int distanceCount = reader.take(5) + 1;
    int codeLengthCount = reader.take(4) + 4;
    if (literalCount > Symbols.LITERALS_AND_LENGTHS || distanceCount > Symbols.DISTANCES) {
      throw reader.invalid("number of length or distance symbols");
    }
    Arrays.fill(lengths, 0, CODE_LENGTH_ORDER.length, (byte) 0);
    for (int i = 0; i < codeLengthCount; i++) {
      reader.refill();
      lengths[CODE_LENGTH_ORDER[i]] = (byte) reader.take(3);
    }
    if (!codeLengths.build(lengths, 0, CODE_LENGTH_ORDER.length, false)) {
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
      if (symbol < 16) {
        lengths[i++] = (byte) symbol;
        continue;
      }
      if (symbol == 16 && i == 0) {
        throw reader.invalid("bit length repeat");
      }
      byte length = symbol == 16 ? lengths[i - 1] : 0;
      int times =
          symbol == 16
              ? 3 + reader.take(2)
              : symbol == 17 ? 3 + reader.take(3) : 11 + reader.take(7);
      if (times > count - i) {
        throw reader.invalid("bit length repeat");
      }
      Arrays.fill(lengths, i, i + times, length);
      i += times;
    }
  }
}
