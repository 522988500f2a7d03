// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.From;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.Optional;

/**
 * The parts of {@code FROM image AS name} in the letter case they are written in.
 *
 * @param keyword {@code FROM}
 * @param as {@code AS}
 * @param name the stage's name
 */
record FromLine(String keyword, String as, String name) {

  /** Returns the parts of a FROM that names its stage. */
  static Optional<FromLine> of(LintStatement statement) {
    if (!(statement.written() instanceof From from) || from.name().isEmpty()) {
      return Optional.empty();
    }
    String line = statement.statement().map(Statement::logicalLine).orElse("");
    int nameStart = wordStart(line, line.length());
    int asEnd = nameStart;
    while (asEnd > 0 && Whitespace.isBlank(line.charAt(asEnd - 1))) {
      asEnd--;
    }
    String as = line.substring(wordStart(line, asEnd), asEnd);
    return Optional.of(new FromLine(statement.keyword(), as, line.substring(nameStart)));
  }

  private static int wordStart(String line, int end) {
    int start = end;
    while (start > 0 && !Whitespace.isBlank(line.charAt(start - 1))) {
      start--;
    }
    return start;
  }
}
