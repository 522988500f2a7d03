// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import java.util.List;

/**
 * {@code EXPOSE}: documents the ports a container listens on.
 *
 * @param ports the words as written, such as {@code 80/tcp} or {@code 7000-7010}; sorted, as
 *     BuildKit does
 */
public record Expose(List<String> ports) implements Instruction {
  public Expose {
    ports = ports.stream().sorted(Letters.BY_CODE_POINT).toList();
  }

  /** Returns {@code EXPOSE port…}. */
  public static Expose of(String... ports) {
    return new Expose(List.of(ports));
  }

  @Override
  public String keyword() {
    return "EXPOSE";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitExpose(this);
  }
}
