// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Cmd;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import java.util.List;

/** CMD sets the default command, or the entrypoint's default arguments. */
final class CmdExecutor implements InstructionExecutor<Cmd> {
  @Override
  public void plan(Cmd cmd, StepContext step) {
    List<String> arguments = CommandLines.arguments(cmd.command(), step.config(), step.platform());
    step.config(step.config().withCmd(arguments).withArgsEscaped(true));
    step.history("CMD " + GoText.quoted(arguments));
  }
}
