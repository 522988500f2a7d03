// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import javax.annotation.Nullable;

/** What is wrong with an instruction, before anyone knows where the instruction stands. */
final class ParseProblem extends Exception {

  private static final long serialVersionUID = 1L;

  @Nullable private final String word;

  ParseProblem(String message) {
    this(message, null);
  }

  /**
   * @param word the word in question, as it is written, so that a column can be given
   */
  ParseProblem(String message, @Nullable String word) {
    super(message, null, false, false);
    this.word = word;
  }

  String problem() {
    return String.valueOf(getMessage());
  }

  @Nullable
  String wordOrNull() {
    return word;
  }
}
