// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Run;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;

/** RUN runs a command. */
final class RunExecutor implements InstructionExecutor<Run> {
  @Override
  public void plan(Run run, StepContext step) throws StepException {
    throw new StepException("RUN is not supported yet");
  }
}
