// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * Shows how two texts differ, line by line: {@code -} for what was expected, {@code +} for what was
 * found, with three lines around each difference.
 */
final class TextDiff {
  private static final int CONTEXT = 3;
  private static final int MAX_CELLS = 4_000_000;

  private final List<String> expected;
  private final List<String> found;
  private final List<String> lines = new ArrayList<>();
  private final List<Boolean> differs = new ArrayList<>();

  private TextDiff(List<String> expected, List<String> found) {
    this.expected = expected;
    this.found = found;
  }

  /** Returns the differing lines; empty if there are none. */
  static String of(List<String> expected, List<String> found) {
    if (expected.equals(found)) {
      return "";
    }
    TextDiff diff = new TextDiff(expected, found);
    diff.compare();
    return diff.text();
  }

  private void compare() {
    int start = 0;
    int shorter = Math.min(expected.size(), found.size());
    while (start < shorter && expected.get(start).equals(found.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && expected.get(expected.size() - 1 - end).equals(found.get(found.size() - 1 - end))) {
      end++;
    }
    expected.subList(0, start).forEach(this::same);
    middle(
        expected.subList(start, expected.size() - end), found.subList(start, found.size() - end));
    expected.subList(expected.size() - end, expected.size()).forEach(this::same);
  }

  /** The lines between what is the same at both ends: the longest common subsequence is kept. */
  private void middle(List<String> was, List<String> is) {
    if ((long) was.size() * is.size() > MAX_CELLS) {
      was.forEach(line -> different("-", line));
      is.forEach(line -> different("+", line));
      return;
    }
    int[][] common = new int[was.size() + 1][is.size() + 1];
    for (int i = was.size() - 1; i >= 0; i--) {
      for (int j = is.size() - 1; j >= 0; j--) {
        common[i][j] =
            was.get(i).equals(is.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < was.size() || j < is.size()) {
      if (i < was.size() && j < is.size() && was.get(i).equals(is.get(j))) {
        same(was.get(i++));
        j++;
      } else if (j == is.size() || (i < was.size() && common[i + 1][j] >= common[i][j + 1])) {
        different("-", was.get(i++));
      } else {
        different("+", is.get(j++));
      }
    }
  }

  private void same(String line) {
    lines.add("  " + line);
    differs.add(false);
  }

  private void different(String mark, String line) {
    lines.add(mark + " " + line);
    differs.add(true);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < lines.size(); i++) {
      int from = Math.max(0, i - CONTEXT);
      int to = Math.min(lines.size(), i + CONTEXT + 1);
      if (differs.subList(from, to).contains(true)) {
        text.append(gap ? "  …\n" : "").append(lines.get(i)).append('\n');
        gap = false;
      } else {
        gap = true;
      }
    }
    return text.toString();
  }
}
