// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * {@code USER}: who the following commands and the container run as.
 *
 * @param user the rest of the line: {@code user[:group]}, names or numbers
 */
public record User(String user) implements Instruction {

  @Override
  public String keyword() {
    return "USER";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitUser(this);
  }
}
