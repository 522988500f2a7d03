// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

/** {@code key = value}: the form of a parser directive after its comment mark. */
public final class DirectiveSyntax {

  private final String text;
  private final int start;
  private final int keyEnd;
  private final int valueStart;
  private final int valueEnd;

  /** Looks at {@code text[from, to)}. */
  public DirectiveSyntax(String text, int from, int to) {
    this.text = text;
    start = from;
    int i = from;
    while (i < to && isLetterOrDigit(text.charAt(i), i > from)) {
      i++;
    }
    keyEnd = i;
    i = skipBlank(text, i, to);
    boolean equals = i < to && text.charAt(i) == '=';
    int end = to;
    int value = equals ? i + 1 : to;
    while (end > value + 1 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    valueStart = Math.min(skipBlank(text, value, to), Math.max(value, end - 1));
    valueEnd = end;
  }

  /** Whether there is a key, an equals sign and a value; a value of blanks alone counts. */
  public boolean matches() {
    return keyEnd > start && valueEnd > valueStart;
  }

  public String key() {
    return Letters.lower(text.substring(start, keyEnd));
  }

  public String value() {
    return text.substring(valueStart, valueEnd);
  }

  private static boolean isLetterOrDigit(char c, boolean digitAllowed) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (digitAllowed && c >= '0' && c <= '9');
  }

  private static int skipBlank(String text, int from, int to) {
    int i = from;
    while (i < to && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\r' || c == '\n';
  }
}
