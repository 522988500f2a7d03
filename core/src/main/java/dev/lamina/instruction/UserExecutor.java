// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.User;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;

/** USER sets who processes run as, and who owns what WORKDIR makes. */
final class UserExecutor implements InstructionExecutor<User> {
  @Override
  public void plan(User user, StepContext step) {
    step.config(step.config().withUser(user.user()));
    step.history("USER " + user.user());
  }
}
