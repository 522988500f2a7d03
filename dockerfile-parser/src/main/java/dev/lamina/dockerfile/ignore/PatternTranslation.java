// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

/**
 * How moby's patternmatcher matches a pattern, and the regular expression it makes for it.
 *
 * @param kind by which means
 * @param regex the expression; used for the kind REGEX only
 */
record PatternTranslation(Kind kind, String regex) {

  /** The means of matching. */
  enum Kind {
    EXACT,
    PREFIX,
    SUFFIX,
    REGEX
  }

  /**
   * What loses its meaning for the expression; patternmatcher means to list <code>| { }</code> too,
   * and fails to.
   */
  private static final String ESCAPED = ".+()$";

  static PatternTranslation of(String pattern) {
    int[] chars = pattern.codePoints().toArray();
    StringBuilder regex = new StringBuilder("^");
    Kind kind = Kind.EXACT;
    int start = chars.length > 0 && chars[0] == '\uFEFF' ? 1 : 0;
    for (int i = start; i < chars.length; i++) {
      int c = chars[i];
      if (c == '*' && i + 1 < chars.length && chars[i + 1] == '*') {
        boolean first = i == start;
        i += i + 2 < chars.length && chars[i + 2] == '/' ? 2 : 1;
        boolean last = i + 1 == chars.length;
        regex.append(last ? ".*" : "(.*/)?");
        kind = first ? Kind.SUFFIX : last && kind == Kind.EXACT ? Kind.PREFIX : Kind.REGEX;
      } else if (c == '*' || c == '?') {
        regex.append(c == '*' ? "[^/]*" : "[^/]");
        kind = Kind.REGEX;
      } else if (ESCAPED.indexOf(c) >= 0) {
        regex.append('\\').appendCodePoint(c);
      } else if (c == '\\' && i + 1 < chars.length) {
        regex.append('\\').appendCodePoint(chars[++i]);
        kind = Kind.REGEX;
      } else {
        regex.appendCodePoint(c);
        kind = c == '[' || c == ']' ? Kind.REGEX : kind;
      }
    }
    return new PatternTranslation(kind, regex.append('$').toString());
  }
}
