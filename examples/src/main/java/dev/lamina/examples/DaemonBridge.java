// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.archive.DockerProgram;
import dev.lamina.testing.DaemonImage;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Builds an image here and gives it to a container daemon, for Testcontainers, docker-java or
 * {@code docker run}.
 *
 * <p>Arguments: the Dockerfile, the image's name, and the program to give it to with its first
 * arguments, {@code docker} if there are none.
 */
public final class DaemonBridge {
  private DaemonBridge() {}

  /** Builds and loads. */
  public static void main(String[] arguments) throws Exception {
    Path dockerfile = Path.of(arguments.length > 0 ? arguments[0] : "shop/Dockerfile");
    String name = arguments.length > 1 ? arguments[1] : "shop/app:test";
    String[] program = {"docker"};
    if (arguments.length > 2) {
      program = Arrays.copyOfRange(arguments, 2, arguments.length);
    }
    try (ImageStore store = ImageStore.inMemory()) {
      DaemonImage image =
          DaemonImage.of(
              ImageBuilder.fromDockerfile(dockerfile).store(store),
              name,
              DockerProgram.of(program));
      System.out.println("The daemon has " + image.get());
    }
  }
}
