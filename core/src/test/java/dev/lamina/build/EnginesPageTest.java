// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.run.NoRunEngineException;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunException;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/run-engines.md and docs/security.md show of builds that run something. */
class EnginesPageTest {
  @TempDir Path folder;

  @BeforeEach
  void putBase() throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      ShellBase.putInto(store);
    }
  }

  private static void assumeEngine(String name) throws RunException {
    try {
      RunEngine unused = RunEngines.host().require(name);
    } catch (NoRunEngineException e) {
      assumeThat(false).as(e.getMessage()).isTrue();
    }
  }

  @Test
  void engineIsChosenByName() throws Exception {
    assumeEngine("runc");
    Path dockerfile = folder.resolve("Dockerfile");
    Files.writeString(dockerfile, "FROM busybox\nRUN echo made > /made\n");
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      assertThat(read(buildWith("runc", dockerfile, store), "/made")).isEqualTo("made\n");
    }
  }

  @Test
  void secretIsThereForOneCommand() throws Exception {
    assumeEngine("runc");
    Path npmrc = Files.writeString(folder.resolve(".npmrc"), "token=abc123\n");
    Path dockerfile = folder.resolve("Dockerfile");
    Files.writeString(
        dockerfile,
        """
        FROM busybox
        RUN --mount=type=secret,id=npmrc wc -c < /run/secrets/npmrc > /size && grep db /etc/hosts > /hosts
        """);
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      Image image = buildWithSecret(dockerfile, npmrc, store);
      assertThat(read(image, "/size").strip()).isEqualTo("13");
      assertThat(read(image, "/hosts")).contains("10.0.0.7\tdb");
      assertThat(image.find("/run/secrets/**")).isEmpty();
    }
  }

  private static String read(Image image, String path) throws IOException {
    try (var files = image.fileSystem()) {
      return Files.readString(files.getPath(path));
    }
  }

  private static Image buildWithSecret(Path dockerfile, Path npmrc, ImageStore store)
      throws Exception {
    return ImageBuilder.fromDockerfile(dockerfile)
        .store(store)
        .secrets(Secrets.none().withFile("npmrc", npmrc))
        .runOptions(RunOptions.defaults().withExtraHost("db", "10.0.0.7"))
        .build();
  }

  private static Image buildWith(String engineName, Path dockerfile, ImageStore store)
      throws Exception {
    RunEngine engine = RunEngines.host().require(engineName);
    return ImageBuilder.fromDockerfile(dockerfile).engine(engine).store(store).build();
  }
}
