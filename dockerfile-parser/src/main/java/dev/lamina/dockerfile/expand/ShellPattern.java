// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern of <code>${x#pattern}</code>, <code>${x%pattern}</code> and <code>${x/pattern/…}</code>
 * : {@code *} is any text and {@code ?} any character, neither with a line break; a backslash takes
 * the meaning off {@code * ? \}.
 *
 * <p>It finds what BuildKit's regular expressions find, the leftmost match and in it the longest
 * (or shortest), but without them: between two stars the first place that fits is always good
 * enough.
 */
final class ShellPattern {

  private static final int ANY = -1;
  private static final int STAR = -2;
  private static final int NONE = -1;

  /** What stands between the stars; one part more than there are stars. */
  private final List<int[]> parts;

  private ShellPattern(List<int[]> parts) {
    this.parts = parts;
  }

  static ShellPattern compile(String pattern) throws LexerProblem {
    List<int[]> parts = new ArrayList<>();
    int[] part = new int[pattern.length()];
    int length = 0;
    int[] source = pattern.codePoints().toArray();
    for (int i = source.length > 0 && source[0] == '\uFEFF' ? 1 : 0; i < source.length; i++) {
      int token = source[i] == '*' ? STAR : source[i] == '?' ? ANY : source[i];
      if (token == STAR) {
        parts.add(Arrays.copyOf(part, length));
        length = 0;
        continue;
      }
      if (token == '\\') {
        token = i + 1 < source.length ? source[++i] : '\uFFFD';
        if ("*?\\}/".indexOf(token) < 0) {
          throw new LexerProblem(
              "invalid pattern ("
                  + pattern
                  + ") in substitution: invalid escape '\\"
                  + Character.toString(token)
                  + "'");
        }
      }
      part[length++] = token;
    }
    parts.add(Arrays.copyOf(part, length));
    return new ShellPattern(parts);
  }

  static String trimPrefix(String pattern, String value, boolean longest) throws LexerProblem {
    int[] text = value.codePoints().toArray();
    int end = compile(pattern).matchAt(text, 0, longest);
    return end == NONE ? value : new String(text, end, text.length - end);
  }

  static String trimSuffix(String pattern, String value, boolean longest) throws LexerProblem {
    String reversed = new StringBuilder(value).reverse().toString();
    String trimmed = trimPrefix(reverse(pattern), reversed, longest);
    return new StringBuilder(trimmed).reverse().toString();
  }

  /** Turns a pattern round, an escape staying before what it escapes. */
  private static String reverse(String pattern) {
    int[] source = pattern.codePoints().toArray();
    int[] out = new int[source.length];
    int last = source.length - 1;
    for (int i = 0; i <= last; i++) {
      if (source[i] == '\\' && i != last) {
        out[last - i - 1] = '\\';
        out[last - i] = source[i + 1];
        i++;
      } else {
        out[last - i] = source[i];
      }
    }
    return new String(out, 0, out.length);
  }

  /** Returns {@code value} with the first match replaced. */
  String replaceFirst(String value, String replacement) {
    int[] text = value.codePoints().toArray();
    int start = find(text, 0);
    if (start == NONE) {
      return value;
    }
    int end = matchAt(text, start, true);
    return new String(text, 0, start) + replacement + new String(text, end, text.length - end);
  }

  /**
   * Returns {@code value} with all matches replaced. An empty match right after another match does
   * not count.
   *
   * @param replacement a template: {@code $0} is the match, other {@code $name} nothing, {@code $$}
   *     a dollar sign
   */
  String replaceAll(String value, String replacement, ExpansionBudget budget) throws LexerProblem {
    int[] text = value.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    int done = 0;
    int from = 0;
    while (from <= text.length) {
      int start = find(text, from);
      if (start == NONE) {
        break;
      }
      int end = matchAt(text, start, true);
      append(out, text, done, start);
      if (end > done || start == 0) {
        String match = new String(text, start, end - start);
        String filled = ReplacementTemplate.fill(replacement, match);
        budget.grow(out.length(), filled.length());
        out.append(filled);
      }
      done = end;
      from = Math.max(from + 1, end);
    }
    append(out, text, done, text.length);
    return out.toString();
  }

  private static void append(StringBuilder out, int[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      out.appendCodePoint(text[i]);
    }
  }

  /** Returns where the first match at or after {@code from} starts. */
  private int find(int[] text, int from) {
    int[] first = parts.get(0);
    boolean severalLines = contains(first, '\n');
    for (int i = from; i <= text.length; i++) {
      if (!fits(first, text, i)) {
        continue;
      }
      if (matchAt(text, i, false) != NONE) {
        return i;
      }
      while (!severalLines && i < text.length && text[i] != '\n') {
        i++; // what follows is not in the rest of this line either
      }
    }
    return NONE;
  }

  /** Returns where the longest or shortest match that starts at {@code from} ends. */
  private int matchAt(int[] text, int from, boolean longest) {
    int[] part = parts.get(0);
    if (!fits(part, text, from)) {
      return NONE;
    }
    int start = from;
    for (int i = 1; i < parts.size(); i++) {
      int end = start + part.length;
      part = parts.get(i);
      start = firstInLine(part, text, end);
      if (start == NONE) {
        return NONE;
      }
    }
    boolean stretches = longest && parts.size() > 1 && !contains(part, '\n');
    return (stretches ? lastInLine(part, text, start) : start) + part.length;
  }

  private static int firstInLine(int[] part, int[] text, int from) {
    for (int i = from; i <= text.length; i++) {
      if (fits(part, text, i)) {
        return i;
      }
      if (i < text.length && text[i] == '\n') {
        return NONE;
      }
    }
    return NONE;
  }

  private static int lastInLine(int[] part, int[] text, int from) {
    int end = from + part.length;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    int i = end - part.length;
    while (!fits(part, text, i)) {
      i--;
    }
    return i;
  }

  private static boolean fits(int[] part, int[] text, int at) {
    if (part.length > text.length - at) {
      return false;
    }
    for (int i = 0; i < part.length; i++) {
      boolean same = part[i] == ANY ? text[at + i] != '\n' : part[i] == text[at + i];
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(int[] part, int token) {
    return Arrays.stream(part).anyMatch(t -> t == token);
  }
}
