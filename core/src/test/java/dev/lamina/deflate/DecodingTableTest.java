// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables against codes that are made bit by bit. */
class DecodingTableTest {
  private static final int MAX_BITS = 15;

  /** Returns the lengths of a complete code: its tree grown leaf by leaf, deep or broad. */
  private static byte[] completeCode(Random random, int symbols, int used) {
    byte[] leaves = new byte[used];
    int count = 1;
    boolean deep = random.nextBoolean();
    while (count < used) {
      int leaf = deep && random.nextInt(4) > 0 ? count - 1 : random.nextInt(count);
      if (leaves[leaf] < MAX_BITS) {
        leaves[leaf]++;
        leaves[count++] = leaves[leaf];
      }
    }
    byte[] lengths = new byte[symbols];
    for (byte leaf : leaves) {
      int symbol;
      do {
        symbol = random.nextInt(symbols);
      } while (lengths[symbol] != 0);
      lengths[symbol] = leaf;
    }
    return lengths;
  }

  /** Returns the entry of bits, whichever table it is in, and in place of its bits all it takes. */
  private static int find(DecodingTable table, int bits, int bitsOfTable) {
    int entry = table.entries[bits & (1 << bitsOfTable) - 1];
    if (entry >= 0 && (entry & DecodingTable.SUBTABLE) != 0) {
      int below = (1 << (entry >>> 8 & 15)) - 1;
      return table.entries[(entry >>> 16) + (bits >>> bitsOfTable & below)] + bitsOfTable;
    }
    return entry;
  }

  /** Returns the entry that a pair's first literal would have by itself. */
  private static int firstOf(int entry, byte[] lengths) {
    if ((entry & DecodingTable.PAIR) == 0) {
      return entry;
    }
    return DecodingTable.LITERAL | (entry & 0xff00) | (entry & 63) - lengths[entry >>> 16 & 0xff];
  }

  /** Returns the codes of such lengths, each with its first bit lowest. */
  private static int[] codes(byte[] lengths) {
    int[] codes = new int[lengths.length];
    int code = 0;
    for (int length = 1; length <= MAX_BITS; length++) {
      code <<= 1;
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          codes[symbol] = Integer.reverse(code++) >>> (32 - length);
        }
      }
    }
    return codes;
  }

  @Test
  void twoLiteralsAreOneEntryIfTheTableHasTheBitsOfBoth() {
    DecodingTable table = DecodingTable.ofLiterals();
    int symbols = Symbols.LITERALS_AND_LENGTHS;
    int pairs = 0;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      byte[] lengths = completeCode(random, symbols, 2 + random.nextInt(symbols - 1));
      assertThat(table.build(lengths, 0, symbols, false)).isTrue();
      int[] codes = codes(lengths);
      for (int one = 0; one < Symbols.LITERALS; one++) {
        for (int other = 0; other < symbols; other++) {
          int both = lengths[one] + lengths[other];
          if (lengths[one] == 0 || lengths[other] == 0 || both > DecodingTable.LITERAL_BITS) {
            continue;
          }
          boolean pair = other < Symbols.LITERALS;
          int expected =
              pair
                  ? DecodingTable.LITERAL | DecodingTable.PAIR | other << 16 | one << 8 | both
                  : DecodingTable.LITERAL | one << 8 | lengths[one];
          int bits = codes[one] | codes[other] << lengths[one] | random.nextInt() << both;
          assertThat(find(table, bits, DecodingTable.LITERAL_BITS))
              .as("seed %d, %d and %d", seed, one, other)
              .isEqualTo(expected);
          pairs += pair ? 1 : 0;
        }
      }
    }
    assertThat(pairs).isGreaterThan(1_000);
  }

  @Test
  void literalsOfEveryCodeAreFound() {
    DecodingTable table = DecodingTable.ofLiterals();
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] lengths = completeCode(random, 256, 2 + random.nextInt(255));
      assertThat(table.build(lengths, 0, 256, false)).isTrue();
      requireFound(table, DecodingTable.LITERAL_BITS, lengths, random, seed);
    }
  }

  @Test
  void distancesOfEveryCodeAreFound() {
    DecodingTable table = DecodingTable.ofDistances();
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] lengths = completeCode(random, 30, 2 + random.nextInt(29));
      assertThat(table.build(lengths, 0, 30, false)).isTrue();
      requireFound(table, DecodingTable.DISTANCE_BITS, lengths, random, seed);
    }
  }

  private static void requireFound(
      DecodingTable table, int bitsOfTable, byte[] lengths, Random random, int seed) {
    int code = 0;
    for (int length = 1; length <= MAX_BITS; length++) {
      code <<= 1;
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          int first = Integer.reverse(code) >>> (32 - length);
          int entry = find(table, first | random.nextInt() << length, bitsOfTable);
          if (bitsOfTable == DecodingTable.LITERAL_BITS) {
            assertThat(firstOf(entry, lengths))
                .as("seed %d, symbol %d", seed, symbol)
                .isEqualTo(DecodingTable.LITERAL | symbol << 8 | length);
          } else {
            int extra = Symbols.distanceExtraBits(symbol);
            int base = symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << extra) + 1;
            assertThat(entry >>> 16).as("seed %d, symbol %d", seed, symbol).isEqualTo(base);
            assertThat(entry & 63).as("seed %d, symbol %d", seed, symbol).isEqualTo(length + extra);
          }
          code++;
        }
      }
    }
  }

  @Test
  void lengthsThatAreNoCodeAreRefused() {
    DecodingTable table = DecodingTable.ofDistances();
    assertThat(table.build(new byte[] {1, 1, 1}, 0, 3, true)).isFalse(); // too many
    assertThat(table.build(new byte[] {1, 2}, 0, 2, true)).isFalse(); // one is missing
    assertThat(table.build(new byte[] {2}, 0, 1, true)).isFalse();
    assertThat(table.build(new byte[] {1}, 0, 1, false)).isFalse();
    assertThat(table.build(new byte[] {1}, 0, 1, true)).isTrue();
    assertThat(table.build(new byte[] {0, 0}, 0, 2, false)).isTrue();
  }
}
