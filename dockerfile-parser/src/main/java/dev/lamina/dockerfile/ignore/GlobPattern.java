// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.ArrayList;
import java.util.List;

/**
 * A wildcard as COPY and ADD take it, with the meaning of Go's {@code filepath.Match}.
 *
 * <p>{@code *} is any text and {@code ?} any character, neither with a slash; {@code [a-z]} and
 * {@code [^a-z]} are characters; a backslash takes the meaning off the next character. The whole
 * name must match. Time is at most the product of the lengths. Immutable and safe for use by
 * several threads.
 */
public final class GlobPattern {

  private final String text;
  private final List<GlobToken> tokens;

  private GlobPattern(String text, List<GlobToken> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /**
   * Reads a pattern.
   *
   * @throws PatternException if it is malformed
   */
  public static GlobPattern compile(String pattern) throws PatternException {
    List<GlobToken> tokens = new ArrayList<>();
    GlobReader reader = new GlobReader(pattern);
    while (reader.hasNext()) {
      tokens.add(reader.next());
    }
    return new GlobPattern(pattern, List.copyOf(tokens));
  }

  /**
   * Returns whether {@code text} has a character that stands for others: {@code * ? [}, not after a
   * backslash.
   */
  public static boolean hasWildcard(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?' || c == '[') {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the whole of {@code name} matches. */
  public boolean matches(String name) {
    int pos = 0;
    int token = 0;
    int star = -1;
    int starPos = 0;
    while (true) {
      if (token < tokens.size() && tokens.get(token).isStar()) {
        star = token++;
        starPos = pos;
      } else if (token == tokens.size() && pos == name.length()) {
        return true;
      } else if (token < tokens.size()
          && pos < name.length()
          && tokens.get(token).matches(name.codePointAt(pos))) {
        pos += Character.charCount(name.codePointAt(pos));
        token++;
      } else {
        if (star < 0 || starPos >= name.length() || name.charAt(starPos) == '/') {
          return false;
        }
        starPos += Character.charCount(name.codePointAt(starPos));
        pos = starPos;
        token = star + 1;
      }
    }
  }

  /** Returns the pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
