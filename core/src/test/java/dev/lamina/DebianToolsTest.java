// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compilers and interpreters that a RUN installs from Debian's packages work in the next, and what
 * packages set on their files goes through a layer. Needs what {@link Debian} needs.
 */
class DebianToolsTest {
  @TempDir Path folder;

  @AfterEach
  void delete() throws IOException {
    Debian.delete(folder.resolve("store")); // quietly: JUnit would warn of each link in it
  }

  @Test
  void installedToolsBuildPrograms() throws Exception {
    Path rootfs = Debian.rootfsTar(folder);
    Path context = Files.createDirectory(folder.resolve("context"));
    Files.writeString(
        context.resolve("hello.c"),
        """
        #include <stdio.h>
        int main(void) { puts("hello from C"); return 0; }
        """);
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM debian:bookworm AS tools
        RUN apt-get update && apt-get install -y --no-install-recommends \\
            gcc libc6-dev nodejs libcap2-bin iputils-ping uidmap
        FROM tools AS build
        COPY hello.c /src/
        RUN gcc -static -o /hello /src/hello.c
        RUN node -e 'require("fs").writeFileSync("/answer", 6 * 7 + "\\n")'
        FROM scratch
        COPY --from=build /hello /answer /
        """);
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      Image base = store.importRootfs(rootfs, "debian:bookworm");
      assertThat(base.layers()).hasSize(1);
      ImageBuilder builder =
          ImageBuilder.fromDockerfile(context.resolve("Dockerfile")).store(store);
      try (Container box = builder.build().newContainer()) {
        assertThat(box.exec("/hello").output()).isEqualTo("hello from C\n");
        assertThat(box.path("/answer")).hasContent("42\n");
      }
      try (Container tools = builder.target("tools").build().newContainer()) {
        assertThat(tools.exec("getcap", "/usr/bin/ping").output())
            .as("file capabilities")
            .isEqualTo("/usr/bin/ping cap_net_raw=ep\n");
        assertThat(tools.exec("stat", "-c", "%a %U", "/usr/bin/newuidmap").output())
            .as("setuid")
            .isEqualTo("4755 root\n");
        assertThat(tools.exec("stat", "-c", "%h", "/usr/bin/perl").output())
            .as("hard links")
            .isEqualTo("2\n");
      }
    }
  }
}
