// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.Samples;
import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.event.BuildEvent;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others prune what a build has found and not used yet: its layers are in no image with a name. */
class PrunedMeanwhileTest {
  private static final String DOCKERFILE =
      """
      FROM base:1 AS tools
      COPY a /tools/a
      FROM base:1
      COPY --from=tools /tools /tools
      COPY b /b
      COPY c /c
      """;

  @TempDir Path folder;
  private Path context;

  @BeforeEach
  void makeContext() throws IOException {
    context = Files.createDirectory(folder.resolve("context"));
    for (String name : List.of("a", "b", "c")) {
      Files.writeString(context.resolve(name), name);
    }
  }

  private interface Other {
    void act(LocalStore store) throws IOException;
  }

  private List<BuildEvent> build(Path folderOfStore, String name, Consumer<BuildEvent> listener)
      throws Exception {
    List<BuildEvent> events = new ArrayList<>();
    try (LocalStore store = LocalStore.open(folderOfStore)) {
      StoredImage image =
          new DockerfileBuilder(store, new StoreImages(store))
              .build(
                  BuildRequest.of(Dockerfile.parse(DOCKERFILE))
                      .withContext(BuildContext.folder(context))
                      .withName(ImageReference.parse(name))
                      .withListener(
                          event -> {
                            events.add(event);
                            listener.accept(event);
                          }));
      assertThat(image.tree().size()).isEqualTo(6);
      assertThat(store.check().findings()).isEmpty();
    }
    return events;
  }

  private Path storeWithBase(String name) throws IOException {
    Path store = folder.resolve(name);
    try (LocalStore opened = LocalStore.open(store)) {
      StoredImage unused = Samples.named(opened, "base:1", Samples.file("/base", "base"));
    }
    return store;
  }

  /** As another process does. */
  private static void inOther(Path store, Other other) {
    try (LocalStore opened = LocalStore.open(store)) {
      other.act(opened);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void buildAndUntag(Path store) throws Exception {
    List<BuildEvent> unused = build(store, "built:1", event -> {});
    inOther(
        store, other -> assertThat(other.names().untag(ImageReference.parse("built:1"))).isTrue());
  }

  private static void pruneAll(LocalStore store) throws IOException {
    var cache = new DockerfileBuilder(store, new StoreImages(store)).pruneCache(Duration.ZERO, 0);
    var images = store.prune();
    assertThat(cache).isNotNull();
    assertThat(images).isNotNull();
  }

  private static void removeBase(LocalStore store) throws IOException {
    var removed = store.remove(ImageReference.parse("base:1"));
    assertThat(removed.untagged()).hasSize(1);
    pruneAll(store);
  }

  private static long startedOver(List<BuildEvent> events) {
    return events.stream().filter(event -> event instanceof BuildEvent.Planned).count() - 1;
  }

  /** At each event of the build in turn; what comes last changed, or nothing did. */
  @Test
  void atWhateverMomentAnotherPrunesTheBuildEndsWell() throws Exception {
    for (boolean changed : List.of(false, true)) {
      long startedOver = 0;
      int moments = 1;
      for (int at = 0; at < moments; at++) {
        Path store = storeWithBase("store-" + changed + at);
        Files.writeString(context.resolve("c"), "c");
        buildAndUntag(store);
        Files.writeString(context.resolve("c"), changed ? "changed" : "c");
        int[] left = {at};
        List<BuildEvent> events =
            build(
                store,
                "built:2",
                event -> {
                  if (left[0]-- == 0) {
                    inOther(store, PrunedMeanwhileTest::pruneAll);
                  }
                });
        startedOver += startedOver(events);
        moments = Math.max(moments, at == 0 ? events.size() : 0);
      }
      assertThat(moments).isGreaterThan(4);
      assertThat(startedOver).as("what was found is gone when it is needed").isPositive();
    }
  }

  @Test
  void stepsThatAreCarriedOutKeepTheLayersBelowThem() throws Exception {
    Path store = storeWithBase("store");
    buildAndUntag(store);
    Files.writeString(context.resolve("c"), "changed");
    List<BuildEvent> events =
        build(
            store,
            "built:2",
            event -> {
              if (event instanceof BuildEvent.StepStarted) {
                inOther(store, PrunedMeanwhileTest::removeBase);
              }
            });
    assertThat(startedOver(events)).isZero();
    assertThat(events).filteredOn(event -> event instanceof BuildEvent.StepCached).hasSize(3);
  }

  @Test
  void baseThatIsRemovedBeforeItIsUsedIsMissing() throws Exception {
    Path store = storeWithBase("store");
    assertThatThrownBy(
            () ->
                build(
                    store,
                    "built:2",
                    event -> {
                      if (event instanceof BuildEvent.Planned) {
                        inOther(store, PrunedMeanwhileTest::removeBase);
                      }
                    }))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("base:1: no such image");
  }
}
