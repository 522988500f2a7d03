// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.regex.PatternSyntaxException;

/**
 * Translates the globs of {@link java.nio.file.FileSystem#getPathMatcher} to regular expressions.
 */
final class Glob {
  private static final String SPECIAL = ".^$+{[]|()\\*?}";

  private final String glob;
  private final StringBuilder regex = new StringBuilder("^");
  private int next;
  private boolean inGroup;

  private Glob(String glob) {
    this.glob = glob;
  }

  static String toRegex(String glob) {
    return new Glob(glob).translate();
  }

  private String translate() {
    while (next < glob.length()) {
      char c = glob.charAt(next++);
      switch (c) {
        case '\\' -> literal(escaped());
        case '[' -> brackets();
        case '{' -> open();
        case '}' -> close();
        case ',' -> regex.append(inGroup ? ")|(?:" : ",");
        case '*' -> star();
        case '?' -> regex.append("[^/]");
        default -> literal(c);
      }
    }
    if (inGroup) {
      throw error("missing '}'");
    }
    return regex.append('$').toString();
  }

  private PatternSyntaxException error(String what) {
    return new PatternSyntaxException(what, glob, Math.max(0, next - 1));
  }

  private char escaped() {
    if (next == glob.length()) {
      throw error("no character to escape");
    }
    return glob.charAt(next++);
  }

  private void literal(char c) {
    if (SPECIAL.indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  private void star() {
    if (next < glob.length() && glob.charAt(next) == '*') {
      next++;
      regex.append(".*");
    } else {
      regex.append("[^/]*");
    }
  }

  private void open() {
    if (inGroup) {
      throw error("groups cannot be nested");
    }
    inGroup = true;
    regex.append("(?:(?:");
  }

  private void close() {
    if (inGroup) {
      inGroup = false;
      regex.append("))");
    } else {
      literal('}');
    }
  }

  /** A set of characters. It never matches the slash. */
  private void brackets() {
    regex.append("(?!/)[");
    if (next < glob.length() && (glob.charAt(next) == '!' || glob.charAt(next) == '^')) {
      regex.append(glob.charAt(next) == '!' ? "^" : "\\^");
      next++;
    }
    if (next < glob.length() && glob.charAt(next) == '-') {
      regex.append("\\-");
      next++;
    }
    char last = 0;
    boolean range = false;
    while (next < glob.length() && glob.charAt(next) != ']') {
      char c = glob.charAt(next++);
      if (c == '/') {
        throw error("'/' in a set of characters");
      }
      if (c == '-' && last != 0 && !range && next < glob.length() && glob.charAt(next) != ']') {
        regex.append('-');
        range = true;
        continue;
      }
      if (range && c < last) {
        throw error("range out of order");
      }
      if (c == '\\' || c == '[' || c == '^' || c == '-' || c == '&' || c == '~') {
        regex.append('\\');
      }
      regex.append(c);
      last = range ? 0 : c;
      range = false;
    }
    if (next == glob.length()) {
      throw error("missing ']'");
    }
    next++;
    regex.append(']');
  }
}
