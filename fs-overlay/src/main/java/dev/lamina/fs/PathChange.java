// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/**
 * One line of {@code docker diff}.
 *
 * @param kind what happened
 * @param path where
 */
public record PathChange(Kind kind, TreePath path) {

  /** What happened to a path. */
  public enum Kind {
    /** It is new. */
    ADDED('A'),
    /** It, or something below it, is not as it was. */
    CHANGED('C'),
    /** It is gone, and everything below it. */
    DELETED('D');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    /** Returns the letter {@code docker diff} shows. */
    public char letter() {
      return letter;
    }
  }

  /** Returns the line as {@code docker diff} prints it: {@code A /hello}. */
  @Override
  public String toString() {
    return kind.letter() + " " + path;
  }
}
