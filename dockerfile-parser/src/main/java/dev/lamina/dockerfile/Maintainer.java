// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * {@code MAINTAINER}: the author of the image. Deprecated by Docker; a LABEL says it better.
 *
 * @param name the rest of the line
 */
public record Maintainer(String name) implements Instruction {

  @Override
  public String keyword() {
    return "MAINTAINER";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitMaintainer(this);
  }
}
