// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.run.UserDatabase;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.ProcessResult;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.StepCommand;
import dev.lamina.spi.StepContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command of an instruction that is not RUN.
 *
 * @param arguments the program and its arguments
 * @param variables its environment
 * @param proxies more of the environment, which make no difference to the cache
 * @param directory where it is run
 * @param user as whom, as the image's config has it
 */
public record PlannedCommand(
    List<String> arguments,
    Map<String, String> variables,
    Map<String, String> proxies,
    String directory,
    String user)
    implements StepCommand {

  /** Returns a program with arguments. */
  public static StepCommand of(List<String> arguments, StepContext step) {
    String directory = step.config().workingDir();
    return new PlannedCommand(
        List.copyOf(arguments),
        step.variables(),
        PredefinedArguments.proxies(step),
        directory.isEmpty() ? "/" : directory,
        step.config().user());
  }

  /** Returns a line for the stage's shell. */
  public static StepCommand shell(String line, StepContext step) {
    return of(CommandLines.withShell(line, step.config(), step.platform()), step);
  }

  @Override
  public void declare(LayerInputs inputs) {
    inputs.add("command", String.join("\0", arguments));
    variables.forEach((name, value) -> inputs.add("variable " + name, value));
    inputs.add("working directory", directory);
    inputs.add("user", user);
  }

  @Override
  public ProcessResult run(LayerContext layer) throws IOException, InterruptedException {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.putAll(proxies);
    return layer.run(
        ProcessSpec.command(arguments)
            .workingDirectory(directory)
            .user(UserDatabase.of(layer.fileSystem().base()).resolve(user))
            .env(all)
            .build());
  }

  @Override
  public String toString() {
    return String.join(" ", arguments);
  }
}
