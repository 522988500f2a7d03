// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SymbolCountsTest {
  @Test
  void literalTakesTheEntropyOfTheLiterals() {
    assertThat(counts(new int[] {}).bitsOfLiteral()).isEqualTo(8);
    assertThat(counts(new int[] {7}).bitsOfLiteral()).isZero();
    assertThat(counts(new int[] {40, 40, 40, 40}).bitsOfLiteral()).isCloseTo(2, within(0.001));
    assertThat(counts(new int[] {30_000, 1, 10_000, 10}).bitsOfLiteral())
        .isCloseTo(0.8142, within(0.001));
  }

  @Test
  void alikeCountsSaveNothingByCodesOfTheirOwn() {
    SymbolCounts few = counts(new int[] {1, 2, 3, 400});
    SymbolCounts many = counts(new int[] {70, 140, 210, 28_000});
    assertThat(few.savedByOwnCodes(many)).isBetween(0, 1);
    assertThat(few.savedByOwnCodes(counts(new int[] {}))).isZero();
  }

  @Test
  void strangersSaveABitForEachTokenByCodesOfTheirOwn() {
    SymbolCounts one = counts(new int[] {500, 500, 0, 0});
    assertThat(one.savedByOwnCodes(counts(new int[] {0, 0, 500, 500}))).isEqualTo(2_000);
  }

  @Test
  void savedBitsAreThoseOfTheEntropies() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int[] a = random.ints(256, 0, 1 << random.nextInt(8)).toArray();
      int[] b = random.ints(256, 0, 1 << random.nextInt(8)).toArray();
      a[random.nextInt(256)] += random.nextInt(10_000);
      b[random.nextInt(256)] += random.nextInt(10_000);
      int[] sum = new int[256];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = a[i] + b[i];
      }
      assertThat((double) counts(a).savedByOwnCodes(counts(b)))
          .isCloseTo(bits(sum) - bits(a) - bits(b), within(20.0));
    }
  }

  private static SymbolCounts counts(int[] literals) {
    SymbolCounts counts = new SymbolCounts();
    System.arraycopy(literals, 0, counts.literalsAndLengths, 0, literals.length);
    return counts;
  }

  private static double bits(int[] counts) {
    double sum = 0;
    double bits = 0;
    for (int count : counts) {
      sum += count;
      bits -= count == 0 ? 0 : count * Math.log(count);
    }
    return sum == 0 ? 0 : (bits + sum * Math.log(sum)) / Math.log(2);
  }
}
