// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import dev.lamina.dockerfile.text.GoQuote;

/** A pattern is malformed, for example because a bracket is not closed. */
public final class PatternException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String pattern;

  PatternException(String problem, String pattern) {
    super(problem + ": " + GoQuote.quote(pattern));
    this.pattern = pattern;
  }

  static PatternException syntax(String pattern) {
    return new PatternException("syntax error in pattern", pattern);
  }

  /** Returns the error for a pattern that Docker takes, and then fails to match with. */
  static PatternException invalid(String pattern) {
    return new PatternException("pattern that can match nothing", pattern);
  }

  /** Returns what is wrong, naming the pattern. */
  public String problem() {
    return String.valueOf(getMessage());
  }

  /** Returns the pattern. */
  public String pattern() {
    return pattern;
  }
}
