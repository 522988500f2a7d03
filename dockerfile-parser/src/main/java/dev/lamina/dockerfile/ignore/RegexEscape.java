// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What a backslash and the characters after it mean in Go's regular expressions.
 *
 * @param set the characters it stands for
 * @param literal the only one, or -1 if there are several
 * @param end the index after it
 */
record RegexEscape(IntPredicate set, int literal, int end) {

  private static final Map<Character, Integer> CONTROLS =
      Map.of('a', 7, 'f', 0x0C, 'n', 0x0A, 'r', 0x0D, 't', 0x09, 'v', 0x0B);

  /**
   * Reads the escape whose backslash is right before {@code pos}.
   *
   * @param pattern the whole pattern, for the error
   */
  static RegexEscape read(String regex, int pos, String pattern) throws PatternException {
    if (pos >= regex.length()) {
      throw PatternException.invalid(pattern);
    }
    char c = regex.charAt(pos);
    if ("dDsSwW".indexOf(c) >= 0) {
      IntPredicate set = NamedCharacters.perl(Character.toLowerCase(c));
      return new RegexEscape(Character.isUpperCase(c) ? set.negate() : set, -1, pos + 1);
    }
    if (c == 'p' || c == 'P') {
      return category(regex, pos, pattern);
    }
    Integer control = CONTROLS.get(c);
    if (control != null) {
      return literal(control, pos + 1);
    }
    if (c >= '0' && c <= '7') {
      return octal(regex, pos, pattern);
    }
    if (c == 'x') {
      return hex(regex, pos, pattern);
    }
    if (c >= 0x80 || isAsciiLetterOrDigit(c)) {
      throw PatternException.invalid(pattern);
    }
    return literal(c, pos + 1);
  }

  private static RegexEscape literal(int c, int end) {
    return new RegexEscape(found -> found == c, c, end);
  }

  /** {@code \pL}, or a longer name in braces, where {@code ^} turns it round. */
  private static RegexEscape category(String regex, int pos, String pattern)
      throws PatternException {
    boolean braces = regex.startsWith("{", pos + 1);
    int close = braces ? regex.indexOf('}', pos) : pos + 1;
    if (close < 0 || close >= regex.length()) {
      throw PatternException.invalid(pattern);
    }
    String name = braces ? regex.substring(pos + 2, close) : regex.substring(close, close + 1);
    boolean turned = name.startsWith("^");
    IntPredicate set = NamedCharacters.unicode(turned ? name.substring(1) : name, pattern);
    boolean negated = turned != (regex.charAt(pos) == 'P');
    return new RegexEscape(negated ? set.negate() : set, -1, close + 1);
  }

  /**
   * Up to three digits; a single one that is not zero would be a back reference, which Go does not
   * have.
   */
  private static RegexEscape octal(String regex, int pos, String pattern) throws PatternException {
    int end = pos;
    int value = 0;
    while (end < regex.length() && end < pos + 3 && isOctal(regex.charAt(end))) {
      value = value * 8 + (regex.charAt(end++) - '0');
    }
    if (end == pos + 1 && value != 0) {
      throw PatternException.invalid(pattern);
    }
    return literal(value, end);
  }

  /** Two digits, or any number in braces. */
  private static RegexEscape hex(String regex, int pos, String pattern) throws PatternException {
    boolean braces = regex.startsWith("{", pos + 1);
    int from = braces ? pos + 2 : pos + 1;
    int to = braces ? regex.indexOf('}', pos) : pos + 3;
    if (to <= from || to > regex.length()) {
      throw PatternException.invalid(pattern);
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = regex.charAt(i) < 0x80 ? Character.digit(regex.charAt(i), 16) : -1;
      value = value * 16 + digit;
      if (digit < 0 || value > Character.MAX_CODE_POINT) {
        throw PatternException.invalid(pattern);
      }
    }
    return literal(value, braces ? to + 1 : to);
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private static boolean isAsciiLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
