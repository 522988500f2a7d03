// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What rules want to know of an image that a stage is built from.
 *
 * @param environment its environment variables
 * @param hasShell whether its configuration names a shell
 * @param onBuild its ONBUILD triggers, in order
 * @param platform its platform, such as {@code linux/amd64}; empty: not known
 */
public record BaseImage(
    Map<String, String> environment,
    boolean hasShell,
    List<String> onBuild,
    Optional<String> platform) {

  public BaseImage {
    environment = Map.copyOf(environment);
    onBuild = List.copyOf(onBuild);
  }

  /** Returns an image of which nothing is known, as {@code scratch} is. */
  public static BaseImage unknown() {
    return new BaseImage(Map.of(), false, List.of(), Optional.empty());
  }

  /** Tells linters about images. */
  @FunctionalInterface
  public interface Source {
    /**
     * Returns what is known of an image.
     *
     * @param image the reference as FROM gives it, variables expanded
     * @param platform the platform that is wanted
     */
    Optional<BaseImage> find(String image, String platform);
  }
}
