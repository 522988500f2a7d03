// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Maintainer;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;

/** MAINTAINER names the image's author; no variable is replaced. */
final class MaintainerExecutor implements InstructionExecutor<Maintainer> {
  @Override
  public void plan(Maintainer maintainer, StepContext step) {
    step.author(maintainer.name());
    step.history("MAINTAINER " + maintainer.name());
  }
}
