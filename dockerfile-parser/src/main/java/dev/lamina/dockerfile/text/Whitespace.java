// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

/**
 * White space as BuildKit sees it: Unicode's, and the narrower set that separates words of a line.
 */
public final class Whitespace {

  private Whitespace() {}

  /** Whether Unicode gives {@code c} the property White_Space (Go's {@code unicode.IsSpace}). */
  public static boolean isSpace(int c) {
    if (c < 0x80) {
      return c == ' ' || (c >= '\t' && c <= '\r');
    }
    return switch (c) {
      case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default -> c >= 0x2000 && c <= 0x200A;
    };
  }

  /** Whether {@code c} separates a keyword from its arguments and words from each other. */
  public static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0B;
  }

  /** Returns {@code text} without the white space at both ends. */
  public static String trim(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(skipSpace(text, 0, end), end);
  }

  /**
   * Returns the index of the first character in {@code [from, to)} that is no white space, or
   * {@code to}.
   */
  public static int skipSpace(String text, int from, int to) {
    int i = from;
    while (i < to && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Returns the index of the first blank at or after {@code from}, or the text's length. */
  public static int nextBlank(String text, int from) {
    int i = from;
    while (i < text.length() && !isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /**
   * Returns the index of the first character at or after {@code from} that is no blank, or the
   * text's length.
   */
  public static int skipBlank(String text, int from) {
    int i = from;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
