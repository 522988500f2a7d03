// SPDX-License-Identifier: Apache-2.0
package dev.lamina.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern for one element of a path, with the grammar of Go's {@code filepath.Match}: {@code *},
 * {@code ?}, {@code [a-z]}, {@code [^a-z]} and a backslash that quotes. A malformed pattern matches
 * nothing. Matching takes time proportional to pattern × name at most.
 */
public final class Glob {
  private static final IntPredicate STAR = new Anything();

  private static final class Anything implements IntPredicate {
    @Override
    public boolean test(int character) {
      return true;
    }
  }

  private final List<IntPredicate> tokens;
  private final boolean valid;

  private Glob(List<IntPredicate> tokens, boolean valid) {
    this.tokens = tokens;
    this.valid = valid;
  }

  /** Tells whether a text is more than a name: whether it holds an unquoted {@code * ? [}. */
  public static boolean hasWildcards(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '*', '?', '[' -> {
          return true;
        }
        case '\\' -> i++;
        default -> {}
      }
    }
    return false;
  }

  /** Returns the pattern a text stands for; a malformed one matches nothing. */
  public static Glob compile(String pattern) {
    Compiler compiler = new Compiler(pattern);
    boolean valid = compiler.run();
    return new Glob(List.copyOf(compiler.tokens), valid);
  }

  /** Tells whether the pattern is well formed; one that is not matches nothing. */
  public boolean isSound() {
    return valid;
  }

  /** Tells whether a name, which holds no slash, matches the whole pattern. */
  public boolean matches(String name) {
    if (!valid) {
      return false;
    }
    int[] text = name.codePoints().toArray();
    int at = 0;
    int token = 0;
    int star = -1;
    int starAt = 0;
    while (at < text.length) {
      if (token < tokens.size() && tokens.get(token) == STAR) {
        star = token++;
        starAt = at;
      } else if (token < tokens.size() && tokens.get(token).test(text[at])) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (token < tokens.size() && tokens.get(token) == STAR) {
      token++;
    }
    return token == tokens.size();
  }

  private static final class Compiler {
    private static final int END = -1;

    private final int[] pattern;
    private final List<IntPredicate> tokens = new ArrayList<>();
    private int at;

    Compiler(String pattern) {
      this.pattern = pattern.codePoints().toArray();
    }

    /** Fills {@link #tokens}; false if the pattern is malformed. */
    boolean run() {
      while (at < pattern.length) {
        int c = pattern[at++];
        if (c == '*') {
          tokens.add(STAR);
        } else if (c == '?') {
          tokens.add(any -> true);
        } else if (c == '[') {
          if (!characterClass()) {
            return false;
          }
        } else if (c == '\\' && at == pattern.length) {
          return false;
        } else {
          int literal = c == '\\' ? pattern[at++] : c;
          tokens.add(found -> found == literal);
        }
      }
      return true;
    }

    private boolean characterClass() {
      boolean negated = peek() == '^';
      if (negated) {
        at++;
      }
      List<IntPredicate> ranges = new ArrayList<>();
      while (ranges.isEmpty() || peek() != ']') {
        int low = member();
        int high = low;
        if (peek() == '-') {
          at++;
          high = member();
        }
        if (low == END || high == END || low > high || peek() == END) {
          return false;
        }
        int first = low;
        int last = high;
        ranges.add(found -> first <= found && found <= last);
      }
      at++; // the closing bracket
      tokens.add(found -> negated != ranges.stream().anyMatch(range -> range.test(found)));
      return true;
    }

    private int member() {
      if (peek() == '-' || peek() == ']') {
        return END;
      }
      if (peek() == '\\') {
        at++;
      }
      return at < pattern.length ? pattern[at++] : END;
    }

    private int peek() {
      return at < pattern.length ? pattern[at] : END;
    }
  }
}
