// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

/** Turns input into tokens. It remembers what it saw since {@link #start}. */
sealed interface MatchFinder permits FastMatchFinder, LazyMatchFinder {
  /** How many bytes a finder may read before and after the input, without using them. */
  int MARGIN = 16;

  /** Forgets everything; the input begins at {@code base}. */
  void start(int base);

  /**
   * Adds a piece to {@code tokens}, smaller than others only at the input's end, and returns the
   * position reached.
   *
   * @param from where the call before stopped, or the base
   */
  int find(byte[] in, int from, int end, Tokens tokens);

  /**
   * Returns the distance − 1, 0 to 32767, to an earlier position, of which the low 15 bits are
   * known. If it was further away than the window reaches, this leads to another place between it
   * and {@code at}, where nothing will match or, if it does, rightly so: no distance is invalid and
   * needs a check.
   */
  static int back(int at, int earlier) {
    return (at - 1 - earlier) & (Symbols.MAX_DISTANCE - 1);
  }

  /**
   * Returns the length of a match, at most {@link Symbols#MAX_MATCH} and up to the end of the
   * input.
   *
   * @param known how many bytes are known to match
   */
  static int matchLength(byte[] in, int at, int distance, int known, int end) {
    int limit = Math.min(end, at + Symbols.MAX_MATCH);
    for (int i = at + known; i < limit; i += 8) {
      long difference = Words.getLong(in, i) ^ Words.getLong(in, i - distance);
      if (difference != 0) {
        return Math.min(limit, i + Words.commonBytes(difference)) - at;
      }
    }
    return limit - at;
  }
}
