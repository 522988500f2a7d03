// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Env;
import dev.lamina.dockerfile.KeyValue;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;

/**
 * ENV sets variables of the image; each value has seen the variables from before the instruction.
 */
final class EnvExecutor implements InstructionExecutor<Env> {
  @Override
  public void plan(Env env, StepContext step) {
    for (KeyValue pair : env.variables()) {
      step.variable(pair.key(), pair.value());
      step.config(step.config().withEnv(pair.key(), pair.value()));
    }
    step.history("ENV" + Pairs.text(env.variables()));
  }
}
