// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

/** What is wrong in a word, for {@link WordLexer} to complete. */
final class LexerProblem extends Exception {

  private static final long serialVersionUID = 1L;

  LexerProblem(String message) {
    super(message, null, false, false);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
