// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import javax.annotation.Nullable;

/**
 * <code>{n}</code>, <code>{n,}</code> or <code>{n,m}</code> in a regular expression.
 *
 * @param least how often at least
 * @param most how often at most; -1 for without end
 * @param end the index after it
 */
record RegexRepeat(int least, int most, int end) {

  private static final int MAX = 1_000;
  private static final int TOO_LARGE = MAX + 1;

  /** Returns the repetition at {@code from}, or null if what stands there is none. */
  @Nullable
  static RegexRepeat readOrNull(String regex, int from) {
    if (!regex.startsWith("{", from)) {
      return null;
    }
    int leastEnd = digitsEnd(regex, from + 1);
    if (leastEnd < 0) {
      return null;
    }
    int least = number(regex, from + 1, leastEnd);
    if (regex.startsWith("}", leastEnd)) {
      return new RegexRepeat(least, least, leastEnd + 1);
    }
    if (regex.startsWith(",}", leastEnd)) {
      return new RegexRepeat(least, -1, leastEnd + 2);
    }
    int mostEnd = regex.startsWith(",", leastEnd) ? digitsEnd(regex, leastEnd + 1) : -1;
    if (mostEnd < 0 || !regex.startsWith("}", mostEnd)) {
      return null;
    }
    return new RegexRepeat(least, number(regex, leastEnd + 1, mostEnd), mostEnd + 1);
  }

  /** Returns the end of a number without leading zeros, or -1 if there is none. */
  private static int digitsEnd(String regex, int from) {
    int end = from;
    while (end < regex.length() && regex.charAt(end) >= '0' && regex.charAt(end) <= '9') {
      end++;
    }
    boolean leadingZero = end > from + 1 && regex.charAt(from) == '0';
    return end == from || leadingZero ? -1 : end;
  }

  private static int number(String regex, int from, int to) {
    return to - from > 4 ? TOO_LARGE : Integer.parseInt(regex.substring(from, to));
  }

  boolean isValid() {
    return least <= MAX && most <= MAX && (isEndless() || least <= most);
  }

  boolean isEndless() {
    return most < 0;
  }
}
