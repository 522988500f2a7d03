// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

import javax.annotation.Nullable;

/**
 * One level of nesting in a word: the word itself, a text in double quotes, or a part of <code>${…}
 * </code>.
 */
final class Frame {

  private enum Kind {
    ROOT,
    QUOTED,
    SUBSTITUTION
  }

  private static final int NO_STOP = -2;

  private final Kind kind;
  private final boolean rawEscapes;
  private final int stop;
  private final String name;
  private final String operator;
  @Nullable private final String pattern;
  private final StringBuilder text = new StringBuilder();

  private Frame(
      Kind kind,
      boolean rawEscapes,
      int stop,
      String name,
      String operator,
      @Nullable String pattern) {
    this.kind = kind;
    this.rawEscapes = rawEscapes;
    this.stop = stop;
    this.name = name;
    this.operator = operator;
    this.pattern = pattern;
  }

  static Frame root(boolean rawEscapes) {
    return new Frame(Kind.ROOT, rawEscapes, NO_STOP, "", "", null);
  }

  static Frame quoted(boolean rawEscapes) {
    return new Frame(Kind.QUOTED, rawEscapes, NO_STOP, "", "", null);
  }

  /** Returns the level for the word after an operator, up to {@code stop}. */
  static Frame substitution(String name, String operator, char stop, boolean rawEscapes) {
    return new Frame(Kind.SUBSTITUTION, rawEscapes, stop, name, operator, null);
  }

  /** Returns the level for the replacement that follows this level's pattern. */
  Frame replacement() {
    return new Frame(Kind.SUBSTITUTION, true, '}', name, operator, text());
  }

  boolean isRoot() {
    return kind == Kind.ROOT;
  }

  boolean isQuoted() {
    return kind == Kind.QUOTED;
  }

  boolean isSubstitution() {
    return kind == Kind.SUBSTITUTION;
  }

  boolean rawEscapes() {
    return rawEscapes;
  }

  int stop() {
    return stop;
  }

  String name() {
    return name;
  }

  String operator() {
    return operator;
  }

  /** Returns the pattern of {@code /pattern/replacement}, or empty text for other operators. */
  String pattern() {
    return pattern == null ? "" : pattern;
  }

  /** Returns the substitution as it was written, for a variable that is not set. */
  String asWritten() {
    String written = operator.startsWith("/") ? "/" + pattern() + "/" : operator;
    return "${" + name + written + text + "}";
  }

  /** Returns the error for a word that ends within this level. */
  String missing() {
    return stop == '/' ? "syntax error: missing '/' in ${}" : "syntax error: missing '}'";
  }

  void append(String more) {
    text.append(more);
  }

  void append(int c) {
    text.appendCodePoint(c);
  }

  int length() {
    return text.length();
  }

  String text() {
    return text.toString();
  }
}
