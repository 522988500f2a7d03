// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** <code>[…]</code> by the rules of Go's regular expressions. */
final class CharacterClass implements IntPredicate {

  private final String regex;
  private final String pattern;
  private final List<IntPredicate> sets = new ArrayList<>();
  private final boolean negated;
  private int pos;

  /**
   * Reads the class whose opening bracket is right before {@code start}.
   *
   * @param pattern the whole pattern, for the error
   */
  CharacterClass(String regex, int start, String pattern) throws PatternException {
    this.regex = regex;
    this.pattern = pattern;
    pos = start;
    negated = regex.startsWith("^", pos);
    if (negated) {
      pos++;
    }
    while (sets.isEmpty() || !regex.startsWith("]", pos)) {
      sets.add(item());
    }
    pos++;
  }

  /** Returns the index after the closing bracket. */
  int end() {
    return pos;
  }

  @Override
  public boolean test(int c) {
    for (IntPredicate set : sets) {
      if (set.test(c)) {
        return !negated;
      }
    }
    return negated;
  }

  private IntPredicate item() throws PatternException {
    if (regex.startsWith("[:", pos)) {
      int close = regex.indexOf(":]", pos + 2);
      if (close >= 0) {
        IntPredicate set = NamedCharacters.posix(regex.substring(pos + 2, close), pattern);
        pos = close + 2;
        return set;
      }
    }
    if (regex.startsWith("\\", pos)) {
      RegexEscape escape = RegexEscape.read(regex, pos + 1, pattern);
      if (escape.literal() < 0) {
        pos = escape.end();
        return escape.set();
      }
    }
    return range();
  }

  private IntPredicate range() throws PatternException {
    int first = character();
    int last = first;
    if (regex.startsWith("-", pos) && pos + 1 < regex.length() && regex.charAt(pos + 1) != ']') {
      pos++;
      last = character();
    }
    if (last < first) {
      throw PatternException.invalid(pattern);
    }
    int end = last;
    return c -> first <= c && c <= end;
  }

  private int character() throws PatternException {
    if (pos >= regex.length()) {
      throw PatternException.invalid(pattern);
    }
    if (regex.charAt(pos) == '\\') {
      RegexEscape escape = RegexEscape.read(regex, pos + 1, pattern);
      if (escape.literal() < 0) {
        throw PatternException.invalid(pattern);
      }
      pos = escape.end();
      return escape.literal();
    }
    int c = regex.codePointAt(pos);
    pos += Character.charCount(c);
    return c;
  }
}
