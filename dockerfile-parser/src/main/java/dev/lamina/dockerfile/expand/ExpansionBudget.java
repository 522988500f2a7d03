// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

/** How much one expansion may do: enough for any real file, and an end for those made to hurt. */
final class ExpansionBudget {

  private static final int MAX_GROWTH = 4 << 20;
  private static final long MAX_WORK = 256L << 20;

  private final long maxLength;
  private long work = MAX_WORK;

  ExpansionBudget(int sourceLength) {
    maxLength = (long) MAX_GROWTH + sourceLength;
  }

  /** Checks that a text of {@code length} characters may grow by {@code more}. */
  void grow(int length, int more) throws LexerProblem {
    work -= more;
    if (length + (long) more > maxLength || work < 0) {
      throw new LexerProblem("the result is too large");
    }
  }
}
