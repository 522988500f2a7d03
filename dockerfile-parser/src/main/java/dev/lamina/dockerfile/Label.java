// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;

/**
 * {@code LABEL}: sets labels of the image.
 *
 * @param labels the pairs, at least one
 */
public record Label(List<KeyValue> labels) implements Instruction {
  public Label {
    labels = List.copyOf(labels);
  }

  /** Returns {@code LABEL key=value}. */
  public static Label of(String key, String value) {
    return new Label(List.of(KeyValue.of(key, value)));
  }

  @Override
  public String keyword() {
    return "LABEL";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitLabel(this);
  }
}
