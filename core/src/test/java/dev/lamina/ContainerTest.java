// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.oci.HistoryEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerTest {
  @TempDir Path folder;

  private Image image(ImageStore store) throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/name"), "base");
    return store.importRootfs(root, "base:1");
  }

  @Test
  void whatIsWrittenIsInTheDiffAndNotInTheImage() throws Exception {
    try (ImageStore store = ImageStore.inMemory();
        Container box = image(store).newContainer()) {
      Files.writeString(box.path("/hello"), "");
      Files.writeString(box.path("/world"), "");

      assertThat(box.diff()).extracting(Object::toString).containsExactly("A /hello", "A /world");
      try (Container other = store.image("base:1").newContainer()) {
        assertThat(other.diff()).isEmpty();
      }
    }
  }

  @Test
  void commitMakesAnImageOfOneLayerMore() throws Exception {
    try (ImageStore store = ImageStore.inMemory();
        Container box = image(store).newContainer()) {
      Files.writeString(box.path("/hello"), "world");
      Image next = box.commit(Commit.as("base:2").author("A").message("said hello"));

      assertThat(next.layers()).hasSize(2);
      HistoryEntry entry = next.config().history().get(next.config().history().size() - 1);
      assertThat(entry.author()).isEqualTo("A");
      assertThat(entry.comment()).isEqualTo("said hello");
      try (Container again = store.image("base:2").newContainer()) {
        assertThat(Files.readString(again.path("/hello"))).isEqualTo("world");
        assertThat(again.diff()).isEmpty();
      }
      assertThat(store.image("base:1").layers()).hasSize(1);
    }
  }

  @Test
  void commitIsWholeWhileAnotherPrunes() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (ImageStore store = ImageStore.open(folder.resolve("store"));
        ImageStore other = ImageStore.open(folder.resolve("store"));
        Container box = image(store).newContainer()) {
      CompletableFuture<Integer> pruning =
          CompletableFuture.supplyAsync(() -> pruneUntil(done, other));
      try {
        for (int i = 0; i < 20; i++) {
          Files.writeString(box.path("/hello"), "world " + i);
          assertThat(box.commit("base:next").layers()).hasSize(2);
        }
      } finally {
        done.set(true);
      }
      assertThat(pruning.get()).isPositive();
    }
  }

  private static int pruneUntil(AtomicBoolean done, ImageStore store) {
    int times = 0;
    try {
      do {
        var unused = store.prune();
        times++;
      } while (!done.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return times;
  }

  @Test
  void commitOfNothingAddsNoLayer() throws Exception {
    try (ImageStore store = ImageStore.inMemory();
        Container box = image(store).newContainer()) {
      Image next = box.commit(Commit.as("base:3").config(c -> c.withCmd(List.of("serve"))));

      assertThat(next.layers()).hasSize(1);
      assertThat(next.config().config().cmd()).containsExactly("serve");
    }
  }

  @Test
  void commitChangesTheConfigurationInTheOrderOfItsCalls() throws Exception {
    try (ImageStore store = ImageStore.inMemory();
        Container box = image(store).newContainer()) {
      Image next =
          box.commit(
              Commit.as("base:4")
                  .config(c -> c.withEnv("LEVEL", "info"))
                  .changes("CMD [\"serve\"]", "ENV FULL=$LEVEL-1")
                  .config(c -> c.withUser("web")));

      assertThat(next.config().config().cmd()).containsExactly("serve");
      assertThat(next.config().config().env()).containsExactly("LEVEL=info", "FULL=info-1");
      assertThat(next.config().config().user()).isEqualTo("web");
      assertThatThrownBy(() -> box.commit(Commit.unnamed().changes("RUN make")))
          .hasMessage("RUN is not a valid change command");
    }
  }

  @Test
  void commandNeedsAProgram() {
    assertThatThrownBy(Exec::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatAnOpenContainerMadeIsNotPruned() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      Image made;
      try (Container box = image(store).newContainer()) {
        Files.writeString(box.path("/hello"), "world");
        made = box.commit(Commit.unnamed());
        assertThat(store.prune().blobs()).isEmpty();
        assertThat(store.image(made.id().toString()).layers()).hasSize(2);
      }
      assertThat(store.prune().blobs()).contains(made.layers().get(1).diffId());
    }
  }
}
