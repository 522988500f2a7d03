// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import java.util.Locale;

/** How sizes and names are shown to a person. */
final class Texts {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Texts() {}

  /** Returns a size in decimal units with three digits, as Docker shows them: {@code 12.3 MB}. */
  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String format =
        unit == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }

  /** Returns a number as a person reads it: {@code 10,000}. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /**
   * Returns a text of an image so that it can do nothing on a terminal or in a page: control
   * characters, invalid bytes and characters that change the direction of text are written as a
   * backslash with their number.
   */
  static String safe(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int next = i + Character.charCount(point);
      if (isHarmless(point)) {
        if (out != null) {
          out.appendCodePoint(point);
        }
      } else {
        if (out == null) {
          out = new StringBuilder(text.substring(0, i));
        }
        out.append(escaped(point));
      }
      i = next;
    }
    return out == null ? text : out.toString();
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String escaped(int point) {
    if (point >= 0xDC80 && point <= 0xDCFF) { // a byte that is no UTF-8; see FileNames
      return String.format("\\x%02x", point - 0xDC00);
    }
    return point < 0x80 ? String.format("\\x%02x", point) : String.format("\\u%04x", point);
  }
}
