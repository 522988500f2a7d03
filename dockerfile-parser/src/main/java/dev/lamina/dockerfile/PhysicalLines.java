// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Utf8;

/** The lines of a text as BuildKit's scanner hands them out, one after the other. */
final class PhysicalLines {

  /** Bytes that a line may have, without its line end. */
  static final int MAX_LINE_BYTES = 65_535;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private int next;
  private int number;
  private int start;
  private int end;
  private boolean tooLong;

  PhysicalLines(String text) {
    this(text, 0, 0);
  }

  /** Lines from index {@code from} on, of which the first has the number {@code before} + 1. */
  PhysicalLines(String text, int from, int before) {
    this.text = text;
    this.next = from;
    this.number = before;
  }

  /** Moves to the next line; false at the end of the text and at a line that is too long. */
  boolean next() {
    if (next >= text.length() || tooLong) {
      return false;
    }
    int newline = text.indexOf('\n', next);
    int stop = newline < 0 ? text.length() : newline;
    if (isTooLong(next, stop)) {
      tooLong = true;
      return false;
    }
    start = number == 0 && text.charAt(next) == BYTE_ORDER_MARK ? next + 1 : next;
    next = newline < 0 ? stop : stop + 1;
    number++;
    end = stop;
    while (end > start && text.charAt(end - 1) == '\r') {
      end--;
    }
    return true;
  }

  /** Passes over a line that is too long, so that reading can go on. */
  void skipTooLongLine() {
    int newline = text.indexOf('\n', next);
    next = newline < 0 ? text.length() : newline + 1;
    number++;
    tooLong = false;
  }

  private boolean isTooLong(int from, int to) {
    if ((to - from) * 3L <= MAX_LINE_BYTES) {
      return false;
    }
    return Utf8.length(text, from, to) > MAX_LINE_BYTES;
  }

  boolean isTooLong() {
    return tooLong;
  }

  /** Number of the current line, from 1; 0 before the first. */
  int number() {
    return number;
  }

  /** Index of the current line's first character, after a byte order mark. */
  int start() {
    return start;
  }

  /** Index after the current line's last character that is not part of its end. */
  int end() {
    return end;
  }

  /** Index after the current line's end. */
  int nextStart() {
    return next;
  }
}
