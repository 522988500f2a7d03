// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TokensTest {
  /** RFC 1951, 3.2.5, in its own order. */
  private static final int[] DISTANCE_BASE = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };

  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };

  private static final int[] LENGTH_EXTRA_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };

  @Test
  void everyDistanceHasItsSymbolAndExtraBits() {
    int wrong = 0;
    for (int distance = 1; distance <= 32_768; distance++) {
      int token = Tokens.match(258, distance);
      int symbol = Tokens.distancePlace(token) - 1;
      int extra = Tokens.distanceExtra(token);
      wrong += DISTANCE_BASE[symbol] + extra == distance ? 0 : 1;
      wrong += extra < 1 << Symbols.distanceExtraBits(symbol) ? 0 : 1;
    }
    assertThat(wrong).isZero();
  }

  @Test
  void everyLengthHasItsSymbol() {
    for (int length = 3; length <= 258; length++) {
      int symbol = Symbols.lengthSymbol(length);
      assertThat(Symbols.lengthBase(symbol)).isEqualTo(LENGTH_BASE[symbol]);
      assertThat(Symbols.lengthExtraBits(symbol)).isEqualTo(LENGTH_EXTRA_BITS[symbol]);
      assertThat(length - LENGTH_BASE[symbol]).isBetween(0, (1 << LENGTH_EXTRA_BITS[symbol]) - 1);
      assertThat(Tokens.lengthPlace(Tokens.match(length, 1)))
          .isEqualTo(Tokens.placeOfLength(length));
    }
    assertThat(Symbols.lengthSymbol(258)).isEqualTo(28);
  }
}
