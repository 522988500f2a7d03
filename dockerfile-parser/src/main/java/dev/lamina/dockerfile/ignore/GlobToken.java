// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.ArrayList;
import java.util.List;

/** One element of a wildcard. */
final class GlobToken {

  /** Any text without a slash. */
  static final GlobToken STAR = new GlobToken(List.of(), false);

  /** Any character but a slash. */
  static final GlobToken ANY = new GlobToken(List.of(new Range('/', '/')), true);

  private final List<Range> ranges;
  private final boolean negated;

  private GlobToken(List<Range> ranges, boolean negated) {
    this.ranges = ranges;
    this.negated = negated;
  }

  static GlobToken literal(int c) {
    return new GlobToken(List.of(new Range(c, c)), false);
  }

  static GlobToken oneOf(List<Range> ranges, boolean negated) {
    return new GlobToken(new ArrayList<>(ranges), negated);
  }

  boolean isStar() {
    return ranges.isEmpty();
  }

  boolean matches(int c) {
    for (Range range : ranges) {
      if (range.first <= c && c <= range.last) {
        return !negated;
      }
    }
    return negated;
  }

  /** Characters from {@code first} to {@code last}; none if they are the wrong way round. */
  record Range(int first, int last) {}
}
