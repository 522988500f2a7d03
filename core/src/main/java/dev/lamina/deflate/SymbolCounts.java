// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/** How often each symbol occurs in some tokens, and about how many bits they take with that. */
final class SymbolCounts {
  /** Bits are counted in parts of this size. */
  private static final int FRACTION_BITS = 8;

  private static final int TABLE_BITS = 9;

  /** The values of n·log2(n), up to one that starts the next power of two. */
  private static final int[] N_LOG_N = new int[(1 << TABLE_BITS) + 1];

  static {
    for (int n = 1; n < N_LOG_N.length; n++) {
      double bits = n * StrictMath.log(n) / StrictMath.log(2);
      N_LOG_N[n] = (int) StrictMath.rint(bits * (1 << FRACTION_BITS));
    }
  }

  final int[] literalsAndLengths = new int[Symbols.LITERALS_AND_LENGTHS];
  final int[] distances = new int[Symbols.DISTANCES];

  void clear() {
    Arrays.fill(literalsAndLengths, 0);
    Arrays.fill(distances, 0);
  }

  void add(SymbolCounts others) {
    for (int i = 0; i < literalsAndLengths.length; i++) {
      literalsAndLengths[i] += others.literalsAndLengths[i];
    }
    for (int i = 0; i < distances.length; i++) {
      distances[i] += others.distances[i];
    }
  }

  /** Returns how many bits a literal takes on average; 8 if there is none. */
  double bitsOfLiteral() {
    int count = 0;
    int bits = 0;
    for (int i = 0; i < Symbols.LITERALS; i++) {
      count += literalsAndLengths[i];
      bits -= nLogN(literalsAndLengths[i]);
    }
    return count == 0 ? 8 : (double) (bits + nLogN(count)) / count / (1 << FRACTION_BITS);
  }

  /**
   * Returns how many bits fewer these tokens and others take with a code each than with one for
   * all. The sum of all counts is below 2^18.
   */
  int savedByOwnCodes(SymbolCounts others) {
    int saved =
        saved(literalsAndLengths, others.literalsAndLengths) + saved(distances, others.distances);
    return saved >> FRACTION_BITS;
  }

  private static int saved(int[] a, int[] b) {
    int sumA = 0;
    int sumB = 0;
    int saved = 0;
    for (int i = 0; i < a.length; i++) {
      sumA += a[i];
      sumB += b[i];
      saved += nLogN(a[i]) + nLogN(b[i]) - nLogN(a[i] + b[i]);
    }
    return saved + nLogN(sumA + sumB) - nLogN(sumA) - nLogN(sumB);
  }

  /** Returns n·log2(n): between two values of the table, on a straight line. */
  private static int nLogN(int n) {
    if (n >>> TABLE_BITS == 0) {
      return N_LOG_N[n];
    }
    int shift = Integer.SIZE - TABLE_BITS - Integer.numberOfLeadingZeros(n);
    int place = n >>> shift;
    int rest = n - (place << shift);
    int slope = N_LOG_N[place + 1] - N_LOG_N[place];
    return (N_LOG_N[place] << shift) + slope * rest + ((n * shift) << FRACTION_BITS);
  }
}
