// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Cmd;
import dev.lamina.dockerfile.Entrypoint;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import java.util.List;

/** ENTRYPOINT sets the command; a CMD that comes from the base, not from this stage, is dropped. */
final class EntrypointExecutor implements InstructionExecutor<Entrypoint> {
  @Override
  public void plan(Entrypoint entrypoint, StepContext step) {
    List<String> arguments =
        CommandLines.arguments(entrypoint.command(), step.config(), step.platform());
    ContainerConfig config = step.config().withEntrypoint(arguments);
    boolean ownCmd = step.before().stream().anyMatch(Cmd.class::isInstance);
    step.config(ownCmd ? config : config.withCmd(List.of()));
    step.history("ENTRYPOINT " + GoText.quoted(arguments));
  }
}
