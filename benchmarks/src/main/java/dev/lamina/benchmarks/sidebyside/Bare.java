// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.benchmarks.sample.SampleBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.GZIPOutputStream;

/** The main class that a JVM's own start is measured with. */
final class Bare {
  private Bare() {}

  /** Does nothing, or for {@code work} what any program must that writes a layer with the JDK. */
  public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
    if (arguments[0].equals("work")) {
      Path file = Files.createTempFile("bare", ".gz");
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (GZIPOutputStream out =
          new GZIPOutputStream(new DigestOutputStream(Files.newOutputStream(file), digest))) {
        out.write(SampleBytes.noise(1 << 20, 1));
      } finally {
        Files.delete(file);
      }
    }
    Runtime.getRuntime().halt(0);
  }
}
