// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import java.util.Optional;

/**
 * {@code FROM}: starts a stage.
 *
 * @param image an image reference, the name of an earlier stage, or {@code scratch}
 * @param platform the value of {@code --platform}
 * @param name the name after {@code AS}, in lower case
 */
public record From(String image, Optional<String> platform, Optional<String> name)
    implements Instruction {
  public From {
    platform = platform.filter(text -> !text.isEmpty());
  }

  /** Returns {@code FROM image}. */
  public static From of(String image) {
    return new From(image, Optional.empty(), Optional.empty());
  }

  /** Returns this instruction with another image. */
  public From withImage(String other) {
    return new From(other, platform, name);
  }

  /** Returns this instruction with another platform. */
  public From withPlatform(String other) {
    return new From(image, Optional.of(other), name);
  }

  /** Returns this instruction with another stage name, which is put in lower case. */
  public From withName(String other) {
    return new From(image, platform, Optional.of(Letters.lower(other)));
  }

  @Override
  public String keyword() {
    return "FROM";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFrom(this);
  }
}
