// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Run;
import dev.lamina.dockerfile.RunDevice;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.SecurityMode;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RUN runs a command and keeps what it changed. */
final class RunExecutor implements InstructionExecutor<Run> {
  @Override
  public void plan(Run run, StepContext step) throws StepException {
    checkDevices(run, step);
    ShellInput script = ShellInput.of(run);
    List<String> arguments =
        script.isForShell()
            ? CommandLines.withShell(script.line(), step.config(), step.platform())
            : run.command().words();
    if (arguments.isEmpty()) {
      throw new StepException("RUN needs a command");
    }
    RunWork work =
        new RunWork(
            arguments,
            step.variables(),
            step.declaredArguments().keySet(),
            PredefinedArguments.proxies(step),
            step.config().workingDir().isEmpty() ? "/" : step.config().workingDir(),
            step.config().user(),
            mounts(run, script, step),
            step.givenArgument("BUILDKIT_SANDBOX_HOSTNAME").orElse(""),
            NetworkMode.valueOf(run.network().map(Enum::name).orElse("DEFAULT")),
            SecurityMode.valueOf(run.security().map(Enum::name).orElse("SANDBOX")));
    step.layer("RUN " + history(arguments, step) + " # buildkit", work);
  }

  /**
   * No engine here hands out devices, so none is registered, as a BuildKit without any would say.
   */
  private static void checkDevices(Run run, StepContext step) throws StepException {
    for (RunDevice device : run.devices()) {
      String name = "device \"" + device.name() + "\" is not registered";
      if (device.required()) {
        throw new StepException("required " + name);
      }
      step.warn("DeviceNotRegistered", "optional " + name + ", the command runs without it");
    }
  }

  private static List<RunMounts.Planned> mounts(Run run, ShellInput script, StepContext step)
      throws StepException {
    List<RunMounts.Planned> mounts = new ArrayList<>();
    script.file().ifPresent(file -> mounts.add(new RunMounts.Document(file.name(), file.body())));
    mounts.addAll(RunMounts.of(run, step));
    return mounts;
  }

  /** The arguments declared so far stand before the command, each with the value it has now. */
  private static String history(List<String> arguments, StepContext step) {
    Map<String, String> declared = new LinkedHashMap<>();
    for (Map.Entry<String, Optional<String>> argument : step.declaredArguments().entrySet()) {
      String name = argument.getKey();
      declared.put(name, step.variables().getOrDefault(name, argument.getValue().orElse("")));
    }
    List<String> words = new ArrayList<>();
    if (!declared.isEmpty()) {
      words.add("|" + declared.size());
      declared.forEach((name, value) -> words.add(name + "=" + value));
    }
    words.addAll(arguments);
    return String.join(" ", words);
  }
}
