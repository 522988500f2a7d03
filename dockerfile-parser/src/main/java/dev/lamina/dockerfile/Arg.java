// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;

/**
 * {@code ARG}: declares build arguments.
 *
 * @param arguments the arguments, at least one
 */
public record Arg(List<ArgDefinition> arguments) implements Instruction {
  public Arg {
    arguments = List.copyOf(arguments);
  }

  @Override
  public String keyword() {
    return "ARG";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitArg(this);
  }
}
