// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.dockerfile.Dockerfile;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SmallHeapTest {

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void whatAnAttackerSendsFitsIntoSixtyFourMegabytes() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                place(HostileInputs.class) + File.pathSeparator + place(Dockerfile.class),
                HostileInputs.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .endsWith("all read\n")
        .contains("dockerfile line greater than max allowed size of 65535")
        .contains("the file is too large for the memory of this JVM");
  }

  /** Where the class was loaded from: the parser needs nothing else. */
  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
