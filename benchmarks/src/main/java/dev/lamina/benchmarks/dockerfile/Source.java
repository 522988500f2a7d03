// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import dev.lamina.dockerfile.Dockerfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Dockerfiles on disk. */
final class Source {

  private Source() {}

  static Dockerfile file(Path path) throws IOException {
    return Dockerfile.parse(Files.readAllBytes(path), path.toString());
  }

  static String text(Path path) throws IOException {
    return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
  }
}
