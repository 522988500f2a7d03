// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import static dev.lamina.testing.ImageAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.archive.DockerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script stands for the docker program: it keeps what it is to load. */
class DaemonImageTest {
  @TempDir Path folder;

  @BeforeEach
  void needsAShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
  }

  private DockerProgram program(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("docker.sh"), script);
    return DockerProgram.of("/bin/sh", file.toString());
  }

  @Test
  void theFirstToAskGetsTheImageBuiltAndLoaded() throws Exception {
    try (ImageStore store = ImageStore.inMemory()) {
      Path loaded = folder.resolve("loaded.tar");
      DaemonImage image =
          DaemonImage.of(
              ImageBuilder.fromText("FROM scratch\nUSER 7\nCOPY <<a /a\nb\na\n").store(store),
              "shop/app:test",
              program("echo \"$@\" >> " + folder + "/calls; cat > " + loaded));

      assertThat(image.isDone()).isFalse();
      assertThat(image.get()).isEqualTo("shop/app:test");
      assertThat(image.get()).isEqualTo("shop/app:test");

      assertThat(folder.resolve("calls")).content().isEqualTo("load --quiet\n");
      Image there = store.load(loaded).get(0);
      assertThat(there).config().hasUser("7");
      assertThat(there.reference().orElseThrow().familiar()).isEqualTo("shop/app:test");
    }
  }

  @Test
  void whatTheProgramSaysWhenItFailsIsInTheException() throws Exception {
    try (ImageStore store = ImageStore.inMemory()) {
      DaemonImage image =
          DaemonImage.of(
              ImageBuilder.from("scratch").user("7").store(store),
              "shop/app:test",
              program("cat > /dev/null; echo 'Cannot connect to the daemon' >&2; exit 1"));

      assertThatThrownBy(image::get)
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("Cannot connect to the daemon");
    }
  }
}
