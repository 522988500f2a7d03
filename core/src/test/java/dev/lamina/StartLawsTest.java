// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.event.PlainListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM costs that is started for one small image: the classes it loads. */
class StartLawsTest {
  @TempDir Path folder;

  @Test
  void tinyBuildLoadsNothingThatItDoesNotUse() throws Exception {
    Path dockerfile = folder.resolve("Dockerfile");
    Files.writeString(dockerfile, "FROM scratch\nCOPY hello /hello\nENV A=b\nCMD [\"/hello\"]\n");
    Files.writeString(folder.resolve("hello"), "hello\n");
    assertThat(loaded(dockerfile))
        .as("text formatted by the rules of a locale")
        .doesNotContain("java.util.Formatter", "java.text.DecimalFormatSymbols")
        .as("how the network is reached")
        .doesNotContain("java.net.ProxySelector", "java.net.http.HttpClient");
  }

  private Set<String> loaded(Path dockerfile) throws Exception {
    Path log = folder.resolve("classes");
    List<String> command =
        new ArrayList<>(
            ChildJvm.command(StartLawsTest.class, List.of("-Xlog:class+load:file=" + log + ":")));
    command.add(dockerfile.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      return lines.map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());
    }
  }

  /** The child: builds a Dockerfile in memory. */
  public static void main(String[] arguments) throws Exception {
    try (ImageStore store = ImageStore.inMemory()) {
      var unused =
          ImageBuilder.fromDockerfile(Path.of(arguments[0]))
              .store(store)
              .listener(new PlainListener(new StringBuilder()))
              .build();
    }
  }
}
