// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * {@code WORKDIR}: the directory that following instructions and the container start in.
 *
 * @param path the rest of the line; a relative path continues the previous one
 */
public record Workdir(String path) implements Instruction {

  @Override
  public String keyword() {
    return "WORKDIR";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitWorkdir(this);
  }
}
