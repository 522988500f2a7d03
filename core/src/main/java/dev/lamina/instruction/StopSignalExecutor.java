// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.StopSignal;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;

/** STOPSIGNAL sets the signal that stops a container; it is kept as it was written. */
final class StopSignalExecutor implements InstructionExecutor<StopSignal> {
  @Override
  public void plan(StopSignal stopSignal, StepContext step) throws StepException {
    String signal = stopSignal.signal();
    if (!StopSignals.isSignal(signal)) {
      throw new StepException("invalid signal: " + signal);
    }
    step.config(step.config().withStopSignal(signal));
    step.history("STOPSIGNAL " + signal);
  }
}
