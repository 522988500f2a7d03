// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * {@code ENTRYPOINT}: what a container runs.
 *
 * @param command the command line; {@code ENTRYPOINT []} is empty and removes an inherited one
 */
public record Entrypoint(CommandLine command) implements Instruction {

  @Override
  public String keyword() {
    return "ENTRYPOINT";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitEntrypoint(this);
  }
}
