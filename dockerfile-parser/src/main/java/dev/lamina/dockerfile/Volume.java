// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;

/**
 * {@code VOLUME}: declares paths whose contents live outside the image.
 *
 * @param paths the paths, at least one, none empty
 */
public record Volume(List<String> paths) implements Instruction {
  public Volume {
    paths = List.copyOf(paths);
  }

  @Override
  public String keyword() {
    return "VOLUME";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitVolume(this);
  }
}
