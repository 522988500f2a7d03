// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * The header of a dynamic block: the lengths of its code words, run-length coded and then Huffman
 * coded themselves (<a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7">RFC 1951,
 * 3.2.7</a>).
 */
final class CodeLengths {
  private final int[] lengths = new int[Symbols.LITERALS_AND_LENGTHS + Symbols.DISTANCES];
  private final int[] runSymbols = new int[lengths.length];
  private final int[] runExtras = new int[lengths.length];
  private final int[] counts = new int[Symbols.CODE_LENGTHS];
  private final HuffmanCode code = new HuffmanCode(Symbols.CODE_LENGTHS, 7);
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
    ownLengthsSent = Symbols.CODE_LENGTHS;
    while (ownLengthsSent > 4 && code.length(Symbols.codeLengthAt(ownLengthsSent - 1)) == 0) {
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
        add(Symbols.REPEAT_ZERO_LONG, Math.min(left, 138) - 11);
      }
      if (left >= 3) {
        add(Symbols.REPEAT_ZERO, left - 3);
        left = 0;
      }
    } else {
      add(length, 0);
      left--;
      for (; left >= 3; left -= Math.min(left, 6)) {
        add(Symbols.REPEAT_LAST, Math.min(left, 6) - 3);
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
    for (int i = 0; i < Symbols.CODE_LENGTHS; i++) {
      bits += counts[i] * (code.length(i) + Symbols.codeLengthExtraBits(i));
    }
    return bits;
  }

  void write(BitWriter out) {
    out.put(literalsSent - Symbols.FIRST_LENGTH, 5);
    out.put(distancesSent - 1, 5);
    out.put(ownLengthsSent - 4, 4);
    for (int i = 0; i < ownLengthsSent; i++) {
      out.put(code.length(Symbols.codeLengthAt(i)), 3);
    }
    for (int i = 0; i < runs; i++) {
      int symbol = runSymbols[i];
      out.put(code.code(symbol), code.length(symbol));
      out.put(runExtras[i], Symbols.codeLengthExtraBits(symbol));
    }
  }
}
