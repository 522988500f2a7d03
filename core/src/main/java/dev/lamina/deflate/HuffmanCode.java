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

  /** From how many symbols on a counting sort pays. */
  private static final int COUNTING_SORT_THRESHOLD = 24;

  /** From which count on symbols are sorted by comparing them. */
  private static final int LARGE = 255;

  /** More than any sum of counts. */
  private static final int NONE = 1 << 30;

  /** Bytes with their bits in the opposite order: JDK 17 has no instruction for it. */
  private static final short[] REVERSED = new short[256];

  static {
    for (int i = 0; i < REVERSED.length; i++) {
      REVERSED[i] = (short) (Integer.reverse(i) >>> 24);
    }
  }

  private final int symbols;
  private final int maxLength;
  private final int[] lengths;
  private final int[] codes;

  private int[] sorted;
  private int[] swap;
  private final int[] leaves;
  private final int[] nodes;
  private final int[] parents;
  private final int[] lengthCounts = new int[MAX_DEPTH + 1];
  private final int[] nextCode = new int[MAX_DEPTH + 1];
  private final int[] places = new int[LARGE + 2];

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
    sorted = new int[symbols + 1];
    swap = new int[symbols + 1];
    leaves = new int[symbols + 2];
    nodes = new int[symbols];
    parents = new int[symbols];
  }

  /** Makes the code with given lengths, as the fixed code of RFC 1951 is. */
  static HuffmanCode ofLengths(byte[] lengths) {
    HuffmanCode code = new HuffmanCode(lengths.length, 15);
    for (int i = 0; i < lengths.length; i++) {
      code.lengths[i] = lengths[i];
      code.lengthCounts[lengths[i]]++;
    }
    code.assignCodes();
    return code;
  }

  /** Returns the length of a symbol's code word in bits; 0 if it has none. */
  int length(int symbol) {
    return lengths[symbol];
  }

  /** Returns a symbol's code word, its first bit lowest; anything if it has none. */
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
      sorted[used] = counts[i] << SYMBOL_BITS | i;
      used += -counts[i] >>> 31;
    }
    return used;
  }

  private static int symbol(int entry) {
    return entry & ((1 << SYMBOL_BITS) - 1);
  }

  /**
   * Sorts by count, then symbol: the least first. Most counts are small and take one place each;
   * the few large ones share the last place and are put in order there.
   */
  private void sort(int used) {
    if (used < COUNTING_SORT_THRESHOLD) {
      Arrays.sort(sorted, 0, used);
      return;
    }
    int[] from = sorted;
    int[] to = swap;
    Arrays.fill(places, 0);
    for (int i = 0; i < used; i++) {
      places[place(from[i]) + 1]++;
    }
    for (int i = 1; i < places.length; i++) {
      places[i] += places[i - 1];
    }
    int large = places[LARGE];
    for (int i = 0; i < used; i++) {
      to[places[place(from[i])]++] = from[i];
    }
    Arrays.sort(to, large, used);
    sorted = to;
    swap = from;
  }

  private static int place(int entry) {
    return Math.min(entry >>> SYMBOL_BITS, LARGE);
  }

  /**
   * Counts the code words of each length without limit, by Huffman's algorithm: of the leaves and
   * the inner nodes, both in the order of their weights, the two lightest are put together each
   * time. Which of the two lists has the lighter one can't be predicted, so there is no branch.
   */
  private void countLengths(int used) {
    for (int i = 0; i < used; i++) {
      leaves[i] = sorted[i] >>> SYMBOL_BITS;
      nodes[i] = NONE;
    }
    leaves[used] = NONE;
    leaves[used + 1] = NONE;
    int leaf = 0;
    int node = 0;
    for (int next = 0; next < used - 1; next++) {
      // A parent is written for a node that isn't taken too, until it is.
      int lighter = nodes[node] - leaves[leaf];
      int taken = lighter >> 31;
      int weight = leaves[leaf] + (lighter & taken);
      parents[node] = next;
      node -= taken;
      leaf += 1 + taken;
      lighter = nodes[node] - leaves[leaf];
      taken = lighter >> 31;
      weight += leaves[leaf] + (lighter & taken);
      parents[node] = next;
      node -= taken;
      leaf += 1 + taken;
      nodes[next] = weight;
    }
    int[] depths = nodes;
    depths[used - 2] = 0;
    lengthCounts[0] = 1;
    for (int inner = used - 3; inner >= 0; inner--) {
      int depth = depths[parents[inner]] + 1;
      depths[inner] = depth;
      lengthCounts[depth]++;
    }
    int available = 1;
    for (int depth = 0; available > 0; depth++) {
      int inner = lengthCounts[depth];
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
      codes[i] = reversed(nextCode[length]++) >>> (16 - length);
    }
  }

  /** Returns 16 bits in the opposite order. */
  private static int reversed(int bits) {
    return REVERSED[bits & 0xff] << 8 | REVERSED[bits >>> 8 & 0xff];
  }
}
