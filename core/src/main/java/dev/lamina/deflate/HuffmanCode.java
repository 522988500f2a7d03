// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * A canonical Huffman code of limited length, made from how often each symbol occurs. Reused for
 * many codes.
 */
final class HuffmanCode {
  private static final int MAX_DEPTH = 32;
  private static final int SYMBOL_BITS = 9;
  private static final int RADIX_BITS = 8;
  private static final int RADIX = 1 << RADIX_BITS;

  /** From how many symbols on a radix sort pays. */
  private static final int RADIX_SORT_THRESHOLD = 64;

  private final int symbols;
  private final int maxLength;
  private final int[] lengths;
  private final int[] codes;

  private int[] sorted;
  private int[] swap;
  private final int[] weights;
  private final int[] lengthCounts = new int[MAX_DEPTH + 1];
  private final int[] nextCode = new int[MAX_DEPTH + 1];
  private final int[] digits = new int[RADIX + 1];

  /**
   * Makes room for codes of an alphabet.
   *
   * @param symbols the size of the alphabet, at most 512
   * @param maxLength the longest code word, in bits; at most 15, and enough for all symbols
   */
  HuffmanCode(int symbols, int maxLength) {
    this.symbols = symbols;
    this.maxLength = maxLength;
    lengths = new int[symbols];
    codes = new int[symbols];
    sorted = new int[symbols];
    swap = new int[symbols];
    weights = new int[symbols];
  }

  /** Makes the code with given lengths, as the fixed code of RFC 1951 is. */
  static HuffmanCode ofLengths(int[] lengths) {
    HuffmanCode code = new HuffmanCode(lengths.length, 15);
    System.arraycopy(lengths, 0, code.lengths, 0, lengths.length);
    Arrays.stream(lengths).forEach(length -> code.lengthCounts[length]++);
    code.assignCodes();
    return code;
  }

  /** Returns the length of a symbol's code word in bits; 0 if it has none. */
  int length(int symbol) {
    return lengths[symbol];
  }

  /** Returns a symbol's code word, its first bit lowest. */
  int code(int symbol) {
    return codes[symbol];
  }

  /**
   * Makes the code for these counts.
   *
   * @param counts how often each symbol occurs; the sum is below 2^22. If fewer than two do, others
   *     get words too: some decoders want a complete code
   */
  void build(int[] counts) {
    Arrays.fill(lengths, 0);
    Arrays.fill(lengthCounts, 0);
    int used = collect(counts);
    if (used < 2) {
      int only = used == 0 ? 0 : symbol(sorted[0]);
      lengths[only] = 1;
      lengths[only == 0 ? 1 : 0] = 1;
      lengthCounts[1] = 2;
    } else {
      sort(used);
      countLengths(used);
      limitLengths();
      assignLengths(used);
    }
    assignCodes();
  }

  private int collect(int[] counts) {
    int used = 0;
    for (int i = 0; i < symbols; i++) {
      if (counts[i] > 0) {
        sorted[used++] = counts[i] << SYMBOL_BITS | i;
      }
    }
    return used;
  }

  private static int symbol(int entry) {
    return entry & ((1 << SYMBOL_BITS) - 1);
  }

  /** Sorts by count, then symbol: the least first. */
  private void sort(int used) {
    if (used < RADIX_SORT_THRESHOLD) {
      Arrays.sort(sorted, 0, used);
      return;
    }
    int largest = 0;
    for (int i = 0; i < used; i++) {
      largest = Math.max(largest, sorted[i]);
    }
    // Symbols are in order already, so sorting stably by count is enough.
    for (int shift = SYMBOL_BITS; shift < 32 && largest >>> shift > 0; shift += RADIX_BITS) {
      Arrays.fill(digits, 0);
      for (int i = 0; i < used; i++) {
        digits[((sorted[i] >>> shift) & (RADIX - 1)) + 1]++;
      }
      for (int i = 1; i < RADIX; i++) {
        digits[i] += digits[i - 1];
      }
      for (int i = 0; i < used; i++) {
        swap[digits[(sorted[i] >>> shift) & (RADIX - 1)]++] = sorted[i];
      }
      int[] from = sorted;
      sorted = swap;
      swap = from;
    }
  }

  /**
   * Counts the code words of each length without limit: Moffat and Katajainen, In-Place Calculation
   * of Minimum-Redundancy Codes, WADS 1995. One array holds the counts, then the parents, then the
   * depths of the tree's inner nodes.
   */
  private void countLengths(int used) {
    int[] nodes = weights;
    for (int i = 0; i < used; i++) {
      nodes[i] = sorted[i] >>> SYMBOL_BITS;
    }
    nodes[0] += nodes[1];
    int root = 0;
    int leaf = 2;
    for (int next = 1; next < used - 1; next++) {
      int sum;
      if (leaf >= used || nodes[root] < nodes[leaf]) {
        sum = nodes[root];
        nodes[root++] = next;
      } else {
        sum = nodes[leaf++];
      }
      if (leaf >= used || (root < next && nodes[root] < nodes[leaf])) {
        sum += nodes[root];
        nodes[root++] = next;
      } else {
        sum += nodes[leaf++];
      }
      nodes[next] = sum;
    }
    nodes[used - 2] = 0;
    for (int node = used - 3; node >= 0; node--) {
      nodes[node] = nodes[nodes[node]] + 1;
    }
    int available = 1;
    int node = used - 2;
    for (int depth = 0; available > 0; depth++) {
      int inner = 0;
      while (node >= 0 && nodes[node] == depth) {
        inner++;
        node--;
      }
      lengthCounts[depth] = available - inner;
      available = 2 * inner;
    }
  }

  /**
   * Cuts words to the limit, then lengthens others, the longest first, until the code is
   * prefix-free again.
   */
  private void limitLengths() {
    for (int length = MAX_DEPTH; length > maxLength; length--) {
      lengthCounts[maxLength] += lengthCounts[length];
      lengthCounts[length] = 0;
    }
    long space = 0;
    for (int length = 1; length <= maxLength; length++) {
      space += (long) lengthCounts[length] << (maxLength - length);
    }
    for (; space > 1L << maxLength; space--) {
      int length = maxLength - 1;
      while (lengthCounts[length] == 0) {
        length--;
      }
      lengthCounts[length]--;
      lengthCounts[length + 1] += 2;
      lengthCounts[maxLength]--;
    }
  }

  private void assignLengths(int used) {
    int next = 0;
    for (int length = maxLength; length > 0; length--) {
      for (int i = lengthCounts[length]; i > 0; i--) {
        lengths[symbol(sorted[next++])] = length;
      }
    }
    if (next != used) {
      throw new AssertionError("code words: expected " + used + ", found " + next);
    }
  }

  private void assignCodes() {
    int code = 0;
    lengthCounts[0] = 0;
    for (int length = 1; length <= maxLength; length++) {
      code = (code + lengthCounts[length - 1]) << 1;
      nextCode[length] = code;
    }
    for (int i = 0; i < symbols; i++) {
      int length = lengths[i];
      codes[i] = length == 0 ? 0 : Integer.reverse(nextCode[length]++) >>> (32 - length);
    }
  }
}
