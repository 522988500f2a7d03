// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * A build stage: a FROM and what follows it up to the next FROM.
 *
 * @param index its number in the file, from 0
 * @param from the FROM instruction
 * @param header the statement of that instruction
 * @param statements the statements after it
 */
public record Stage(int index, From from, Statement header, List<Statement> statements) {

  public Stage {
    statements = List.copyOf(statements);
  }

  /** Returns the name that {@code AS} gives the stage, in lower case. */
  public Optional<String> name() {
    return from.name();
  }

  /** Returns the instructions after FROM. */
  public List<Instruction> instructions() {
    return statements.stream().map(Statement::instruction).toList();
  }
}
