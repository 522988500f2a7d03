// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.KeyValue;
import dev.lamina.dockerfile.Label;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;

/** LABEL sets labels of the image. */
final class LabelExecutor implements InstructionExecutor<Label> {
  @Override
  public void plan(Label label, StepContext step) {
    for (KeyValue pair : label.labels()) {
      step.config(step.config().withLabel(pair.key(), pair.value()));
    }
    step.history("LABEL" + Pairs.text(label.labels()));
  }
}
