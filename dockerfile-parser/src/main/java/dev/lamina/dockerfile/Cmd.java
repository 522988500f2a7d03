// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * {@code CMD}: what a container runs by default, or the default arguments of its entrypoint.
 *
 * @param command the command line; {@code CMD []} is empty
 */
public record Cmd(CommandLine command) implements Instruction {

  @Override
  public String keyword() {
    return "CMD";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitCmd(this);
  }
}
