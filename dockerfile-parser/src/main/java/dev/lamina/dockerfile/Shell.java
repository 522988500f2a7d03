// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;

/**
 * {@code SHELL}: the program that shell forms are given to.
 *
 * @param command the program and its first arguments, at least one word
 */
public record Shell(List<String> command) implements Instruction {
  public Shell {
    command = List.copyOf(command);
  }

  @Override
  public String keyword() {
    return "SHELL";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitShell(this);
  }
}
