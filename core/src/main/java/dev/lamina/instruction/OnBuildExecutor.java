// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.OnBuild;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import java.util.ArrayList;
import java.util.List;

/** ONBUILD keeps an instruction for the builds upon this one; the history doesn't tell. */
final class OnBuildExecutor implements InstructionExecutor<OnBuild> {
  @Override
  public void plan(OnBuild onBuild, StepContext step) {
    List<String> triggers = new ArrayList<>(step.config().onBuild());
    triggers.add(onBuild.trigger());
    step.config(step.config().withOnBuild(triggers));
  }
}
