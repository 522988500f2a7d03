// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples.instructions;

import dev.lamina.dockerfile.Custom;
import dev.lamina.spi.CustomArguments;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.LayerWork;
import dev.lamina.spi.ProcessResult;
import dev.lamina.spi.StepCommand;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code ASSERT exists PATH}, {@code ASSERT missing PATH}, {@code ASSERT contains PATH TEXT} and
 * {@code ASSERT succeeds COMMAND}: fails the build if a file or a command is not as said. It makes
 * no layer, and the cache remembers what passed.
 */
public final class Assert implements InstructionExecutor<Custom> {
  private static final String USAGE =
      "ASSERT exists|missing PATH, ASSERT contains PATH TEXT or ASSERT succeeds COMMAND";

  @Override
  public void plan(Custom instruction, StepContext step) throws IOException {
    String line = instruction.arguments().strip();
    if (line.startsWith("succeeds ")) {
      succeeds(line.substring("succeeds ".length()), step);
      return;
    }
    CustomArguments arguments = CustomArguments.of(instruction, step);
    arguments.require(2, 3, USAGE);
    List<String> words = arguments.words();
    LayerWork.Execution check =
        switch (words.get(0)) {
          case "exists" -> layer -> require(Files.exists(layer.path(words.get(1))), words);
          case "missing" -> layer -> require(!Files.exists(layer.path(words.get(1))), words);
          case "contains" -> layer -> require(contains(layer.path(words.get(1)), words), words);
          default -> throw new StepException("expected " + USAGE + ", found " + words);
        };
    step.layer(
        "ASSERT " + String.join(" ", words),
        LayerWork.check(inputs -> inputs.add("assertion", words.toString()), check));
  }

  private static boolean contains(Path file, List<String> words) throws IOException {
    return Files.readString(file).contains(words.get(2));
  }

  private static void require(boolean holds, List<String> words) throws StepException {
    if (!holds) {
      throw new StepException("it is not so: " + String.join(" ", words));
    }
  }

  private static void succeeds(String line, StepContext step) {
    StepCommand command = step.shell(line);
    step.layer(
        "ASSERT succeeds " + line,
        LayerWork.check(
            command::declare,
            layer -> {
              ProcessResult result = command.run(layer);
              if (result.exitCode() != 0) {
                throw new StepException(
                    line + ": exit code " + result.exitCode() + " " + result.lastLines());
              }
            }));
  }
}
