// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * {@code STOPSIGNAL}: the signal that asks a container to end.
 *
 * @param signal a name or a number
 */
public record StopSignal(String signal) implements Instruction {

  @Override
  public String keyword() {
    return "STOPSIGNAL";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitStopSignal(this);
  }
}
