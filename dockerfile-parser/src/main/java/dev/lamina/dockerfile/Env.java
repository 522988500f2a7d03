// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;

/**
 * {@code ENV}: sets environment variables of the image.
 *
 * @param variables the pairs, at least one
 */
public record Env(List<KeyValue> variables) implements Instruction {
  public Env {
    variables = List.copyOf(variables);
  }

  /** Returns {@code ENV key=value}. */
  public static Env of(String key, String value) {
    return new Env(List.of(KeyValue.of(key, value)));
  }

  @Override
  public String keyword() {
    return "ENV";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitEnv(this);
  }
}
