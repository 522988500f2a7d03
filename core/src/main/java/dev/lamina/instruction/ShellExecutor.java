// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Shell;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;

/**
 * SHELL sets what the shell forms after it, here and in images built upon this one, are given to.
 */
final class ShellExecutor implements InstructionExecutor<Shell> {
  @Override
  public void plan(Shell shell, StepContext step) {
    step.config(step.config().withShell(shell.command()));
    step.history("SHELL " + GoText.plain(shell.command()));
  }
}
