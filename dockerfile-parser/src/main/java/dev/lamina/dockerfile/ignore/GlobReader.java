// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import dev.lamina.dockerfile.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/** Takes a wildcard apart. */
final class GlobReader {

  private static final int END = -1;

  private final String pattern;
  private int pos;

  GlobReader(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Checks as much of a pattern as Go's {@code filepath.Match} looks at for the name {@code .}: the
   * part before a star, and if that fits, the part after it.
   *
   * @throws PatternException if that is malformed
   */
  static void requireValidStart(String pattern) throws PatternException {
    GlobReader reader = new GlobReader(pattern);
    GlobToken only = reader.readPart();
    if (only != null && only.matches('.')) {
      var unused = reader.readPart();
    }
  }

  /**
   * Reads up to a star that is not the first; returns the one token before it, or null if there are
   * more or none.
   */
  @Nullable
  private GlobToken readPart() throws PatternException {
    GlobToken last = null;
    int tokens = 0;
    while (hasNext() && (tokens == 0 || peek() != '*')) {
      GlobToken token = next();
      if (!token.isStar()) {
        last = token;
        tokens++;
      }
    }
    return tokens == 1 ? last : null;
  }

  boolean hasNext() {
    return pos < pattern.length();
  }

  GlobToken next() throws PatternException {
    int c = take();
    return switch (c) {
      case '*' -> {
        while (peek() == '*') {
          pos++;
        }
        yield GlobToken.STAR;
      }
      case '?' -> GlobToken.ANY;
      case '[' -> characters();
      case '\\' -> GlobToken.literal(require(take()));
      default -> GlobToken.literal(c);
    };
  }

  private GlobToken characters() throws PatternException {
    boolean negated = peek() == '^';
    if (negated) {
      pos++;
    }
    List<GlobToken.Range> ranges = new ArrayList<>();
    while (ranges.isEmpty() || peek() != ']') {
      int first = character();
      int last = first;
      if (peek() == '-') {
        pos++;
        last = character();
      }
      ranges.add(new GlobToken.Range(first, last));
    }
    pos++;
    return GlobToken.oneOf(ranges, negated);
  }

  /** Reads one end of a range; something must follow it. */
  private int character() throws PatternException {
    int c = take();
    if (c == '-' || c == ']') {
      throw PatternException.syntax(pattern);
    }
    int literal = require(c == '\\' ? take() : c);
    if (Utf8.isEscapedByte(literal) || !hasNext()) {
      throw PatternException.syntax(pattern);
    }
    return literal;
  }

  private int require(int c) throws PatternException {
    if (c == END) {
      throw PatternException.syntax(pattern);
    }
    return c;
  }

  private int peek() {
    return hasNext() ? pattern.charAt(pos) : END;
  }

  private int take() {
    if (!hasNext()) {
      return END;
    }
    int c = pattern.codePointAt(pos);
    pos += Character.charCount(c);
    return c;
  }
}
