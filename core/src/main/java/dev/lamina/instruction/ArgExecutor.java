// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.ArgDefinition;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.util.Optional;

/**
 * ARG declares build arguments. The value the caller gave wins over the default, the default over
 * the value from before the first stage; an argument of the same instruction is seen by those after
 * it.
 */
final class ArgExecutor implements InstructionExecutor<Arg> {
  @Override
  public void plan(Arg arg, StepContext step) throws StepException {
    StringBuilder text = new StringBuilder("ARG");
    for (ArgDefinition argument : arg.arguments()) {
      Optional<String> value = value(argument, step);
      if (value.isPresent() && !PredefinedArguments.isHidden(argument.name())) {
        step.variable(argument.name(), value.get());
      }
      if (step.config().env(argument.name()).isPresent()) {
        step.warn(
            "ArgShadowsEnv",
            "from here on $" + argument.name() + " is the argument; containers get the ENV");
      }
      step.declareArgument(argument.name(), value);
      text.append(' ').append(argument.name());
      value.ifPresent(v -> text.append('=').append(v));
    }
    step.history(text.toString());
  }

  private static Optional<String> value(ArgDefinition argument, StepContext step)
      throws StepException {
    Optional<String> given = step.givenArgument(argument.name());
    if (given.isPresent()) {
      return given;
    }
    return argument.defaultValue().isPresent()
        ? Optional.of(step.expand(argument.defaultValue().get()))
        : step.globalArgument(argument.name());
  }
}
