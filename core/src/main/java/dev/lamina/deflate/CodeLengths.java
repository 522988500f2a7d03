// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * The header of a dynamic block: the lengths of its code words, run-length coded and then Huffman
 * coded themselves (<a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7">RFC 1951,
 * 3.2.7</a>).
 */
final class CodeLengths {
  private static final int SYMBOLS = 19;
  private static final int REPEAT_LAST = 16;
  private static final int REPEAT_ZERO = 17;
  private static final int REPEAT_ZERO_LONG = 18;
  private static final int[] EXTRA_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7};

  /**
   * The order in which the lengths of this code's own words are sent: the rarely used ones last.
   */
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final int[] lengths = new int[Symbols.LITERALS_AND_LENGTHS + Symbols.DISTANCES];
  private final int[] runSymbols = new int[lengths.length];
  private final int[] runExtras = new int[lengths.length];
  private final int[] counts = new int[SYMBOLS];
  private final HuffmanCode code = new HuffmanCode(SYMBOLS, 7);
  private int runs;
  private int literalsSent;
  private int distancesSent;
  private int ownLengthsSent;

  /** Prepares to send these codes. */
  void set(HuffmanCode literals, HuffmanCode distances) {
    literalsSent = used(literals, Symbols.LITERALS_AND_LENGTHS, Symbols.FIRST_LENGTH);
    distancesSent = used(distances, Symbols.DISTANCES, 1);
    for (int i = 0; i < literalsSent; i++) {
      lengths[i] = literals.length(i);
    }
    for (int i = 0; i < distancesSent; i++) {
      lengths[literalsSent + i] = distances.length(i);
    }
    Arrays.fill(counts, 0);
    runs = 0;
    int end = literalsSent + distancesSent;
    for (int from = 0; from < end; ) {
      int to = from + 1;
      while (to < end && lengths[to] == lengths[from]) {
        to++;
      }
      addRun(lengths[from], to - from);
      from = to;
    }
    code.build(counts);
    ownLengthsSent = SYMBOLS;
    while (ownLengthsSent > 4 && code.length(ORDER[ownLengthsSent - 1]) == 0) {
      ownLengthsSent--;
    }
  }

  private static int used(HuffmanCode code, int symbols, int least) {
    int used = symbols;
    while (used > least && code.length(used - 1) == 0) {
      used--;
    }
    return used;
  }

  private void addRun(int length, int run) {
    int left = run;
    if (length == 0) {
      for (; left >= 11; left -= Math.min(left, 138)) {
        add(REPEAT_ZERO_LONG, Math.min(left, 138) - 11);
      }
      if (left >= 3) {
        add(REPEAT_ZERO, left - 3);
        left = 0;
      }
    } else {
      add(length, 0);
      left--;
      for (; left >= 3; left -= Math.min(left, 6)) {
        add(REPEAT_LAST, Math.min(left, 6) - 3);
      }
    }
    for (; left > 0; left--) {
      add(length, 0);
    }
  }

  private void add(int symbol, int extra) {
    runSymbols[runs] = symbol;
    runExtras[runs++] = extra;
    counts[symbol]++;
  }

  /** Returns how many bits {@link #write} will write. */
  int bits() {
    int bits = 14 + 3 * ownLengthsSent;
    for (int i = 0; i < SYMBOLS; i++) {
      bits += counts[i] * (code.length(i) + EXTRA_BITS[i]);
    }
    return bits;
  }

  void write(BitWriter out) {
    out.put(literalsSent - Symbols.FIRST_LENGTH, 5);
    out.put(distancesSent - 1, 5);
    out.put(ownLengthsSent - 4, 4);
    for (int i = 0; i < ownLengthsSent; i++) {
      out.put(code.length(ORDER[i]), 3);
    }
    for (int i = 0; i < runs; i++) {
      int symbol = runSymbols[i];
      out.put(code.code(symbol), code.length(symbol));
      out.put(runExtras[i], EXTRA_BITS[symbol]);
    }
  }
}
