// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.CommandLine;
import dev.lamina.dockerfile.Healthcheck;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** HEALTHCHECK says how a container is asked whether it is well. */
final class HealthcheckExecutor implements InstructionExecutor<Healthcheck> {
  @Override
  public void plan(Healthcheck healthcheck, StepContext step) {
    dev.lamina.oci.Healthcheck check =
        new dev.lamina.oci.Healthcheck(
            test(healthcheck.command()),
            healthcheck.interval(),
            healthcheck.timeout(),
            healthcheck.startPeriod(),
            healthcheck.startInterval(),
            healthcheck.retries());
    step.config(step.config().withHealthcheck(Optional.of(check)));
    step.history("HEALTHCHECK &{" + text(check) + "}"); // Docker prints the Go struct
  }

  private static List<String> test(Optional<CommandLine> command) {
    if (command.isEmpty()) {
      return List.of("NONE");
    }
    boolean shell = command.get() instanceof CommandLine.ShellForm;
    List<String> test = new ArrayList<>(List.of(shell ? "CMD-SHELL" : "CMD"));
    test.addAll(command.get().words());
    return test;
  }

  private static String text(dev.lamina.oci.Healthcheck check) {
    return GoText.quoted(check.test())
        + " "
        + GoText.quoted(GoText.duration(check.interval()))
        + " "
        + GoText.quoted(GoText.duration(check.timeout()))
        + " "
        + GoText.quoted(GoText.duration(check.startPeriod()))
        + " "
        + GoText.quoted(GoText.duration(check.startInterval()))
        + " "
        + GoText.quotedCharacter(check.retries());
  }
}
