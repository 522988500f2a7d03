// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static dev.lamina.testing.ImageAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Flags;
import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.archive.DockerArchive;
import dev.lamina.event.PlainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/migration.md shows. */
class MigrationTest {
  private final ImageStore store = ImageStore.inMemory();

  @TempDir Path target;

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void fromJib() throws Exception {
    Files.createDirectories(target.resolve("classes"));
    Files.createDirectories(target.resolve("dependency"));
    Files.writeString(target.resolve("classes/Main.class"), "class");
    Files.writeString(target.resolve("dependency/a.jar"), "jar");

    Image image =
        ImageBuilder.from("scratch")
            .copy(target.resolve("dependency"), "/app/lib/")
            .copy(target.resolve("classes"), "/app/classes/")
            .env("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=75")
            .expose("8080")
            .user("1000")
            .entrypoint("java", "-cp", "/app/classes:/app/lib/*", "shop.Main")
            .reproducible()
            .store(store)
            .tag("shop/app:1.4")
            .build();

    assertThat(image).hasLayers(2).file("/app/lib/a.jar").exists();
  }

  @Test
  void fromDockerJava() throws Exception {
    StringBuilder log = new StringBuilder();
    Image image =
        ImageBuilder.fromDockerfile(Path.of("shop/Dockerfile"))
            .buildArg("VERSION", "1.4")
            .tag("shop/app:1.4")
            .listener(new PlainListener(log))
            .store(store)
            .build();

    assertThat(image.id().toString()).startsWith("sha256:");
    assertThat(log).contains("named shop/app:1.4");
  }

  @Test
  void fromShellingOut() throws Exception {
    Path archive = target.resolve("app.tar");
    Image image =
        ImageBuilder.fromDockerfile(Path.of("shop/Dockerfile"))
            .target("pages")
            .platform("linux/arm64")
            .noCache()
            .store(store)
            .tag("shop/app:arm")
            .build();
    image.writeTo(DockerArchive.at(archive));

    assertThat(image).config().hasPlatform("linux/arm64");
  }

  @Test
  void flagsAreValues() throws Exception {
    Image image =
        ImageBuilder.from("scratch")
            .context(Path.of("shop"))
            .copy(List.of("web"), "/srv/", Flags.none().chown("1000:1000").chmod("0750"))
            .store(store)
            .build();

    assertThat(image).file("/srv/index.html").isOwnedBy(1000, 1000).hasMode("0750");
  }
}
