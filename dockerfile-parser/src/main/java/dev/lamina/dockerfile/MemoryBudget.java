// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * How much memory a parse may take: half of the heap. A file that asks for more is refused before
 * the JVM runs out. What a file needs is estimated from above.
 */
final class MemoryBudget {

  private static final int STATEMENT = 250;
  private static final int WORD = 100;

  private long left = Runtime.getRuntime().maxMemory() / 2;

  void spendStatement(int characters) throws ParseProblem {
    spend(STATEMENT + 2L * characters);
  }

  void spendWords(int count) throws ParseProblem {
    spend((long) WORD * count);
  }

  private void spend(long bytes) throws ParseProblem {
    left -= bytes;
    if (left < 0) {
      throw new ParseProblem("the file is too large for the memory of this JVM");
    }
  }

  boolean isExhausted() {
    return left < 0;
  }
}
