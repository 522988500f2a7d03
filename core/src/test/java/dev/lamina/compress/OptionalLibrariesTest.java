// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.ChildJvm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** zstd-jni and xz need not be there; who needs them is told which library to add. */
class OptionalLibrariesTest {
  @Test
  void missingLibraryIsNamed() throws Exception {
    String without =
        Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().matches("(zstd-jni|xz)-.*"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = ChildJvm.command(OptionalLibrariesTest.class, without);
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String zstd =
        "zstd: expected com.github.luben:zstd-jni on the class path"
            + " (of modules, --add-modules com.github.luben.zstd_jni), found none";
    assertThat(child.inputReader().lines().toList())
        .containsExactly(
            zstd,
            zstd,
            "xz: expected org.tukaani:xz on the class path"
                + " (of modules, --add-modules org.tukaani.xz), found none",
            "gzip works");
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static void say(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
  }

  /** The child. */
  public static void main(String[] arguments) {
    say(() -> ZstdCodec.encoder(new ByteArrayOutputStream(), 3).close());
    say(() -> ZstdCodec.decoder(new ByteArrayInputStream(new byte[9]), 1 << 20).close());
    say(() -> XzCodec.decoder(new ByteArrayInputStream(new byte[9]), 1 << 20).close());
    say(
        () -> {
          Compressor.of(CompressionOptions.DEFAULT).open(new ByteArrayOutputStream()).close();
          System.out.println("gzip works");
        });
  }
}
