// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HuffmanCodeTest {
  @Test
  void codeIsCompleteAndWithinTheLimit() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      int symbols = 2 + random.nextInt(285);
      int limit =
          Math.max(Integer.SIZE - Integer.numberOfLeadingZeros(symbols - 1), 7 + random.nextInt(9));
      int[] counts = counts(random, symbols);
      HuffmanCode code = new HuffmanCode(symbols, Math.min(limit, 15));
      code.build(counts);
      long space = 0;
      int longest = 0;
      int wordless = 0;
      for (int i = 0; i < symbols; i++) {
        longest = Math.max(longest, code.length(i));
        wordless += code.length(i) == 0 && counts[i] > 0 ? 1 : 0;
        space += code.length(i) == 0 ? 0 : 1L << (15 - code.length(i));
      }
      assertThat(space).isEqualTo(1 << 15);
      assertThat(longest).isLessThanOrEqualTo(limit);
      assertThat(wordless).isZero();
    }
  }

  @Test
  void costIsThatOfHuffmansAlgorithmWhereTheLimitDoesNotMatter() {
    Random random = new Random(2);
    for (int round = 0; round < 500; round++) {
      int symbols = 2 + random.nextInt(285);
      int[] counts = new int[symbols];
      for (int i = 0; i < symbols; i++) {
        counts[i] = 1 + random.nextInt(100);
      }
      HuffmanCode code = new HuffmanCode(symbols, 15);
      code.build(counts);
      assertThat(cost(code, counts)).isEqualTo(huffmanCost(counts));
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 1.15", "8, 1.06", "10, 1.02", "14, 1.002"})
  void costOfFibonacciCountsStaysNearTheUnlimitedOne(int limit, double factor) {
    int[] counts = new int[19];
    counts[0] = 1;
    counts[1] = 1;
    for (int i = 2; i < counts.length; i++) {
      counts[i] = counts[i - 1] + counts[i - 2];
    }
    HuffmanCode code = new HuffmanCode(counts.length, limit);
    code.build(counts);
    assertThat(cost(code, counts)).isLessThan((long) (huffmanCost(counts) * factor));
  }

  @Test
  void codeOfFewerThanTwoSymbolsIsComplete() {
    HuffmanCode code = new HuffmanCode(30, 15);
    code.build(new int[30]);
    assertThat(code.length(0) + code.length(1)).isEqualTo(2);
    int[] one = new int[30];
    one[7] = 5;
    code.build(one);
    assertThat(code.length(7)).isEqualTo(1);
    assertThat(code.length(0)).isEqualTo(1);
  }

  @Test
  void wordsAreThoseOfTheSpecificationsExample() {
    // RFC 1951, 3.2.2: lengths (3, 3, 3, 3, 3, 2, 4, 4) give 010 011 100 101 110 00 1110 1111
    HuffmanCode code = HuffmanCode.ofLengths(new byte[] {3, 3, 3, 3, 3, 2, 4, 4});
    String[] words = {"010", "011", "100", "101", "110", "00", "1110", "1111"};
    for (int i = 0; i < words.length; i++) {
      String reversed = new StringBuilder(words[i]).reverse().toString();
      assertThat(code.code(i)).isEqualTo(Integer.parseInt(reversed, 2));
    }
  }

  private static int[] counts(Random random, int symbols) {
    int[] counts = new int[symbols];
    int steepness = 1 + random.nextInt(14);
    for (int i = 0; i < symbols; i++) {
      counts[i] = random.nextInt(1 << random.nextInt(steepness + 1));
    }
    return counts;
  }

  private static long cost(HuffmanCode code, int[] counts) {
    long cost = 0;
    for (int i = 0; i < counts.length; i++) {
      cost += (long) counts[i] * code.length(i);
    }
    return cost;
  }

  private static long huffmanCost(int[] counts) {
    PriorityQueue<Long> queue = new PriorityQueue<>();
    for (int count : counts) {
      queue.add((long) count);
    }
    long cost = 0;
    while (queue.size() > 1) {
      long sum = queue.remove() + queue.remove();
      cost += sum;
      queue.add(sum);
    }
    return cost;
  }
}
