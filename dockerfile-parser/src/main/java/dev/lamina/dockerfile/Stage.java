// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.ArrayList;
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

  /** Returns the texts of its ONBUILD instructions, which stages built from this begin with. */
  public List<String> triggers() {
    return statements.stream()
        .map(Statement::instruction)
        .filter(OnBuild.class::isInstance)
        .map(instruction -> ((OnBuild) instruction).trigger())
        .toList();
  }

  /** Returns its triggers without those that are no instruction: a build complains about them. */
  List<Instruction> soundTriggers(ParserOptions options) {
    List<Instruction> sound = new ArrayList<>();
    for (String text : triggers()) {
      try {
        sound.add(Instruction.parse(text, options));
      } catch (DockerfileSyntaxException e) {
        // the build that it fires in has a place to name
      }
    }
    return sound;
  }
}
