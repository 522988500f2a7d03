// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.text.Letters;
import java.util.List;
import java.util.Optional;

/**
 * The value of a RUN's {@code --mount} as it is written, before variables in it are expanded.
 *
 * <p>What it means can be told only after expansion: even the type may be a variable. {@link
 * #mount()} then gives it.
 *
 * @param text the value, a line of CSV: {@code type=cache,target=/root/.m2}
 */
public record MountFlag(String text) {

  /** Returns the fields of the line, such as {@code target=/x} or {@code rw}. */
  public List<String> fields() {
    try {
      return CsvFields.read(text, "mounts");
    } catch (ParseProblem problem) {
      return List.of();
    }
  }

  /** Returns the stage, named context or image that is mounted, which is never a variable. */
  public Optional<String> from() {
    return fields().stream()
        .filter(field -> Letters.lower(field).startsWith("from="))
        .map(field -> field.substring("from=".length()))
        .reduce((first, last) -> last)
        .filter(name -> !name.isEmpty());
  }

  /**
   * Returns what the flag asks for, taking its text as it is.
   *
   * @throws ExpansionException if an option is unknown, does not fit the type, or has a wrong value
   */
  public RunMount mount() throws ExpansionException {
    try {
      return MountParser.parse(text);
    } catch (ParseProblem problem) {
      throw new ExpansionException(problem.problem());
    }
  }

  /** Checks what can be checked before expansion. */
  void requireValid() throws ParseProblem {
    for (String field : CsvFields.read(text, "mounts")) {
      if (Letters.lower(field).startsWith("from=")) {
        int dollar = field.indexOf('$');
        if (dollar >= 0 && dollar != field.length() - 1) {
          throw new ParseProblem(
              "'from' doesn't support variable expansion, define alias stage instead", field);
        }
      }
    }
  }
}
