// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.error.LaminaException;
import dev.lamina.oci.Digest;
import dev.lamina.task.Parallel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that a store keeps. */
class ContainersTest {
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void someFiles() throws Exception {
    root = Files.createDirectories(folder.resolve("root"));
    Files.writeString(root.resolve("name"), "base");
  }

  private ImageStore open() throws Exception {
    return ImageStore.open(folder.resolve("store"));
  }

  @Test
  void containerIsAsItWasLeft() throws Exception {
    String id;
    try (ImageStore store = open();
        Container box = store.containers().create(store.importRootfs(root, "base:1"), "web")) {
      id = box.id();
      assertThat(box.name()).contains("web");
      Files.writeString(box.path("/hello"), "world");
      Files.delete(box.path("/name"));
    }
    try (ImageStore store = open();
        Container box = store.containers().open("web")) {
      assertThat(box.id()).isEqualTo(id);
      assertThat(box.diff()).extracting(Object::toString).containsExactly("A /hello", "D /name");
      Files.writeString(box.path("/hello"), "again");
    }
    try (ImageStore store = open();
        Container box = store.containers().open(id.substring(0, 6))) {
      assertThat(Files.readString(box.path("/hello"))).isEqualTo("again");
      assertThat(box.commit("next:1").layers()).hasSize(2);
    }
  }

  @Test
  void listTellsOfEachContainer() throws Exception {
    try (ImageStore store = open()) {
      Image base = store.importRootfs(root, "base:1");
      store.containers().create(base, "b").close();
      try (Container box = store.containers().create(base, "a")) {
        Files.writeString(box.path("/hello"), "world");
        box.save();
      }

      List<Containers.Summary> all = store.containers().list();
      assertThat(all).extracting(Containers.Summary::name).containsExactly("a", "b");
      assertThat(all).extracting(Containers.Summary::image).containsOnly(base.id());
      assertThat(all.get(0).size()).isPositive();
      assertThat(all.get(1).size()).isZero();
    }
  }

  @Test
  void pruneTakesNeitherItsImageNorItsChanges() throws Exception {
    try (ImageStore store = open()) {
      Image base = store.importRootfs(root, "base:1");
      try (Container box = store.containers().create(base, "web")) {
        Files.writeString(box.path("/hello"), "world");
      }
      store.remove("base:1");
      assertThat(store.prune().blobs()).isEmpty();
      assertThat(store.check().isSound()).isTrue();
      try (Container box = store.containers().open("web")) {
        assertThat(Files.readString(box.path("/name"))).isEqualTo("base");
        assertThat(Files.readString(box.path("/hello"))).isEqualTo("world");
      }

      store.containers().remove("web");
      assertThat(store.containers().list()).isEmpty();
      assertThat(store.prune().blobs()).contains(base.layers().get(0).diffId()).hasSize(4);
    }
  }

  @Test
  void checkNamesAContainerThatLacksSomething() throws Exception {
    try (ImageStore store = open()) {
      try (Container box = store.containers().create(store.importRootfs(root, "base:1"), "web")) {
        Files.writeString(box.path("/hello"), "world");
      }
      Digest layer = store.local().containers().list().get(0).layers().get(0);
      Files.delete(folder.resolve("store/blobs/sha256/" + layer.hex()));

      assertThat(store.check().findings())
          .extracting(Object::toString)
          .contains("CONTAINER web: layer " + layer + ": expected in the store, found nothing");
    }
  }

  @Test
  void namesAreUsedOnce() throws Exception {
    try (ImageStore store = open();
        ImageStore other = open()) {
      Image base = store.importRootfs(root, "base:1");
      AtomicInteger made = new AtomicInteger();
      List<Parallel.Task> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Containers containers = (i % 2 == 0 ? store : other).containers();
        tasks.add(
            () -> {
              try {
                containers.create(base, "web").close();
                made.incrementAndGet();
              } catch (LaminaException e) {
                assertThat(e).hasMessageStartingWith("container name web: expected an unused one");
              }
            });
      }
      Parallel.run(tasks, 4);

      assertThat(made).hasValue(1);
      assertThat(store.containers().list()).hasSize(1);
      assertThatThrownBy(() -> store.containers().create(base, "a/b"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void containerIsOpenInOnePlace() throws Exception {
    try (ImageStore store = open();
        ImageStore other = open()) {
      Container box = store.containers().create(store.importRootfs(root, "base:1"), "web");
      assertThatThrownBy(() -> other.containers().open("web"))
          .hasMessageContaining("expected one that is not in use");
      assertThatThrownBy(() -> other.containers().remove("web"))
          .hasMessageContaining("expected one that is not in use");

      box.close();
      other.containers().open("web").close();
      other.containers().remove("web");
      assertThatThrownBy(() -> store.containers().open("web"))
          .hasMessageContaining("expected in the store, found nothing");
    }
  }

  @Test
  void manyChangesBecomeOneLayer() throws Exception {
    try (ImageStore store = ImageStore.inMemory()) {
      try (Container box = store.containers().create(store.importRootfs(root, "base:1"), "web")) {
        for (int i = 0; i < 40; i++) {
          Files.writeString(box.path("/n" + i), "x");
          box.save();
        }
        assertThat(store.local().containers().list().get(0).layers()).hasSizeLessThan(33);
      }
      try (Container box = store.containers().open("web")) {
        assertThat(box.diff()).hasSize(40);
      }
    }
  }

  @Test
  void killedJvmLosesNoMoreThanWhatWasNotSaved() throws Exception {
    try (ImageStore store = open()) {
      store.importRootfs(root, "base:1");
    }
    List<String> command = ChildJvm.command(ContainersTest.class, List.of("-Xmx64m"));
    command.add(folder.resolve("store").toString());
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).isEqualTo("saved");
      try (ImageStore store = open()) {
        assertThatThrownBy(() -> store.containers().open("web"))
            .hasMessageContaining("expected one that is not in use");
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    try (ImageStore store = open()) {
      assertThat(store.prune().blobs()).hasSize(3); // those of the commit without a name
      try (Container box = store.containers().open("web")) {
        assertThat(box.diff())
            .extracting(Object::toString)
            .containsExactly("A /copied", "A /saved");
      }
      assertThat(store.check().isSound()).isTrue();
    }
  }

  /** The JVM that is killed. */
  public static void main(String[] arguments) throws Exception {
    ImageStore store = ImageStore.open(Path.of(arguments[0]));
    Container box = store.containers().create(store.image("base:1"), "web");
    Files.writeString(box.path("/saved"), "saved");
    box.save();
    box.copyIn(Path.of(arguments[0], "oci-layout"), "/copied");
    Files.writeString(box.path("/lost"), "lost");
    box.commit(Commit.unnamed().changes("CMD lost"));
    System.out.println("saved");
    int unused = System.in.read();
  }
}
