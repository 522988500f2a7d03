// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * {@code ONBUILD}: an instruction for the builds that start from this image.
 *
 * <p>The trigger is only text until then: {@link Instruction#parse(String)} reads it.
 *
 * @param trigger the instruction as text, heredocs attached
 */
public record OnBuild(String trigger) implements Instruction {

  @Override
  public String keyword() {
    return "ONBUILD";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitOnBuild(this);
  }
}
