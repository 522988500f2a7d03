// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.build.BuildException;
import dev.lamina.fs.PathChange;
import dev.lamina.insight.Step;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Docker teaches on its first day, as Java calls, on a real Debian. The chapter is
 * docs/first-day.md; this is its code. Needs root, {@code debootstrap}, {@code runc} and a Debian
 * mirror in the machine's own apt sources.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstDayTest {
  @TempDir static Path folder;
  private static ImageStore store;

  @BeforeAll
  static void importDebian() throws IOException {
    Path rootfs = Debian.rootfsTar(folder);
    store = ImageStore.open(folder.resolve("store"));
    store.importRootfs(rootfs, "debian:bookworm");
  }

  @AfterAll
  static void close() throws IOException {
    if (store != null) {
      store.close();
      Debian.delete(folder.resolve("store")); // quietly: JUnit would warn of each link in it
    }
  }

  @Test
  @Order(1)
  void imagesAreListedWithTheirIdTagAndSize() throws IOException {
    assertThat(store.images())
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.references())
                  .containsExactly(ImageReference.parse("debian:bookworm"));
              assertThat(image.id()).isEqualTo(store.image("debian:bookworm").id());
              assertThat(image.size()).isGreaterThan(100_000_000);
            });
  }

  @Test
  @Order(2)
  void everyContainerHasAWritableLayerOfItsOwn() throws IOException, InterruptedException {
    Image debian = store.image("debian:bookworm");
    try (Container one = debian.newContainer();
        Container two = debian.newContainer();
        Container three = debian.newContainer()) {
      one.exec("touch", "hello", "world").orThrow();

      assertThat(one.diff())
          .extracting(PathChange::toString)
          .containsExactly("A /hello", "A /world");
      assertThat(two.diff()).isEmpty();
      assertThat(three.diff()).isEmpty();

      one.commit("debian:hello-world");
    }
    try (Container next = store.image("debian:hello-world").newContainer();
        Container plain = debian.newContainer()) {
      assertThat(next.path("/hello")).exists();
      assertThat(next.path("/world")).exists();
      assertThat(next.diff()).isEmpty();
      assertThat(plain.path("/hello")).doesNotExist();
      assertThat(plain.path("/world")).doesNotExist();
    }
  }

  @Test
  @Order(3)
  void aProgramIsInstalledInAContainerAndCommitted() throws IOException, InterruptedException {
    Image debian = store.image("debian:bookworm");
    try (Container box = debian.newContainer()) {
      box.exec("apt-get", "update").orThrow();
      box.exec("apt-get", "install", "-y", "--no-install-recommends", "git").orThrow();

      assertThat(box.exec("git", "--version").output()).startsWith("git version 2.");
      assertThat(box.diff())
          .hasSizeGreaterThan(1_000)
          .extracting(PathChange::toString)
          .contains("C /var", "C /var/lib", "A /usr/bin/git");

      box.commit("debian:git");
    }
    try (Container git = store.image("debian:git").newContainer()) {
      assertThat(git.exec("git", "--version").output()).startsWith("git version 2.");
    }
    try (Container plain = debian.newContainer()) {
      assertThat(plain.path("/usr/bin/git")).doesNotExist();
    }
  }

  @Test
  @Order(4)
  void aDockerfileMakesOneLayerAnInstruction() throws IOException, InterruptedException {
    Path twoSteps =
        dockerfile(
            "two-steps",
            """
            FROM debian:bookworm
            RUN apt-get update
            RUN apt-get install -y --no-install-recommends git
            """);
    Path oneStep =
        dockerfile(
            "one-step",
            """
            FROM debian:bookworm
            RUN apt-get update && apt-get install -y --no-install-recommends git
            """);

    Image two = ImageBuilder.fromDockerfile(twoSteps).store(store).tag("git:two").build();
    Image one = ImageBuilder.fromDockerfile(oneStep).store(store).tag("git:one").build();

    Image debian = store.image("debian:bookworm");
    assertThat(two.layers()).hasSize(3).startsWith(debian.layers().get(0));
    assertThat(one.layers()).hasSize(2).startsWith(debian.layers().get(0));
    for (Image image : List.of(two, one)) {
      try (Container box = image.newContainer()) {
        assertThat(box.exec("git", "--version").output()).startsWith("git version 2.");
      }
    }
    // Each step's intermediate image is there: the first step's has the package lists and no git.
    Step afterUpdate = two.at(two.history().size() - 1);
    assertThat(Files.exists(afterUpdate.fileSystem().getPath("/usr/bin/git"))).isFalse();
    try (var lists = Files.list(afterUpdate.fileSystem().getPath("/var/lib/apt/lists"))) {
      assertThat(lists).isNotEmpty();
    }
  }

  @Test
  @Order(5)
  void aCommandThatAsksForInputFindsStdinClosed() throws IOException {
    Path asking =
        dockerfile(
            "asking",
            """
            FROM debian:bookworm
            RUN echo "Your name?" && read name && echo "Hello $name"
            """);

    assertThatThrownBy(() -> ImageBuilder.fromDockerfile(asking).store(store).build())
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("Dockerfile:2")
        .hasMessageContaining("Your name?");
  }

  private static Path dockerfile(String name, String text) throws IOException {
    Path context = Files.createDirectories(folder.resolve(name));
    return Files.writeString(context.resolve("Dockerfile"), text);
  }
}
