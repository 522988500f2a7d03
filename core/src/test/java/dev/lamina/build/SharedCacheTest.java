// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.ImageStore;
import dev.lamina.archive.OciLayout;
import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.event.BuildEvent;
import dev.lamina.event.CacheExplanation;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.registry.DockerRegistry;
import dev.lamina.registry.RegistryException;
import dev.lamina.registry.RegistryOptions;
import dev.lamina.run.RunEngines;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache that other machines use, and one that is cut back. */
class SharedCacheTest {
  private static final String DOCKERFILE =
      """
      FROM scratch AS build
      COPY f /src
      RUN compile
      FROM scratch
      COPY --from=build /run-compile /app
      RUN finish
      """;

  @TempDir Path folder;

  private static final RunEngines ENGINE =
      RunEngines.of(
          List.of(
              new LambdaEngine(
                  (process, files) ->
                      Files.writeString(
                          files.getPath("/run-" + LambdaEngine.line(process)), "made"))));

  private record Built(StoredImage image, List<String> steps, List<String> warnings) {}

  /** Builds on a machine: with a store of that name. */
  private Built build(String machine, UnaryOperator<BuildRequest> options) throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve(machine))) {
      return build(store, DOCKERFILE, options);
    }
  }

  private static Built build(
      LocalStore store, String dockerfile, UnaryOperator<BuildRequest> options) throws Exception {
    CacheExplanation why = new CacheExplanation();
    List<String> warnings = new ArrayList<>();
    BuildRequest request =
        BuildRequest.of(Dockerfile.parse(dockerfile))
            .withContext(BuildContext.of(Map.of("f", "x".getBytes(UTF_8))))
            .withEngines(ENGINE)
            .withListener(
                why.and(
                    event -> {
                      if (event instanceof BuildEvent.Warning warning) {
                        warnings.add(warning.rule());
                      }
                    }));
    StoredImage image =
        new DockerfileBuilder(store, new StoreImages(store)).build(options.apply(request));
    return new Built(image, why.answers().stream().map(Object::toString).toList(), warnings);
  }

  private CacheLocation layout() {
    return CacheLocation.layout(folder.resolve("cache"));
  }

  @Test
  void anotherMachineIsAnsweredByWhatAllStagesMade() throws Exception {
    Built first = build("a", request -> request.withCacheTo(layout(), CacheMode.MAX));
    assertThat(first.steps).noneMatch(step -> step.endsWith("cached"));
    Built second = build("b", request -> request.withCacheFrom(layout()));
    assertThat(second.steps).hasSize(4).allMatch(step -> step.endsWith(": cached"));
    assertThat(second.image.layers()).isEqualTo(first.image.layers());
    Built third = build("b", request -> request);
    assertThat(third.steps).as("kept").allMatch(step -> step.endsWith(": cached"));
  }

  @Test
  void aSmallCacheHasTheStepsOfTheImageOnly() throws Exception {
    Built first = build("a", request -> request.withCacheTo(layout(), CacheMode.MIN));
    Built second = build("b", request -> request.withCacheFrom(layout()));
    assertThat(second.steps).contains("RUN compile: it was not built before", "RUN finish: cached");
    assertThat(second.image.layers()).isEqualTo(first.image.layers());
  }

  @Test
  void aCacheThatIsNotThereIsAWarning() throws Exception {
    Built built = build("a", request -> request.withCacheFrom(layout()));
    assertThat(built.warnings).contains("CacheUnavailable");
    assertThat(built.image.layers()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(CacheMode.class)
  void aRegistryHoldsACache(CacheMode mode) throws Exception {
    try (DockerRegistry registry = DockerRegistry.in(folder).start()) {
      CacheLocation cache = CacheLocation.registry(registry.host() + "/team/cache:main");
      Built first = build("a", request -> request.withCacheTo(cache, mode));
      Built second = build("b", request -> request.withCacheFrom(cache));
      assertThat(second.warnings).isEmpty();
      assertThat(second.image.layers()).isEqualTo(first.image.layers());
      if (mode == CacheMode.MAX) {
        assertThat(second.steps).hasSize(4).allMatch(step -> step.endsWith(": cached"));
      } else {
        assertThat(second.steps)
            .contains("RUN compile: it was not built before", "RUN finish: cached");
      }
      Built third = build("c", request -> request.withCacheFrom(cache).withCacheTo(cache, mode));
      assertThat(third.warnings).as("read and written").isEmpty();
    }
  }

  @Test
  void aRegistryThatRefusesIsAWarningToWhoReadsAndAnErrorToWhoWrites() throws Exception {
    try (DockerRegistry registry = DockerRegistry.in(folder).withPassword().start()) {
      CacheLocation cache =
          CacheLocation.registry(
              registry.host() + "/team/cache:main",
              RegistryOptions.DEFAULT.withOnlyCredentials(
                  (server, repository) -> Optional.empty()));
      assertThat(build("a", request -> request.withCacheFrom(cache)).warnings)
          .contains("CacheUnavailable");
      assertThatThrownBy(() -> build("a", request -> request.withCacheTo(cache, CacheMode.MIN)))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("401");
    }
  }

  @Test
  void aLayerThatIsNotWhatItsDigestSaysIsNoAnswer() throws Exception {
    Built first = build("a", request -> request.withCacheTo(layout(), CacheMode.MAX));
    try (Stream<Path> blobs = Files.list(folder.resolve("cache/blobs/sha256"))) {
      for (Path blob : blobs.toList()) {
        byte[] bytes = Files.readAllBytes(blob);
        if (bytes[0] != '{') { // a layer
          bytes[bytes.length / 2] ^= 1;
          Files.write(blob, bytes);
        }
      }
    }
    Built second = build("b", request -> request.withCacheFrom(layout()));
    assertThat(second.warnings).contains("CacheUnavailable");
    assertThat(second.steps).noneMatch(step -> step.endsWith(": cached"));
    assertThat(second.image.layers()).hasSameSizeAs(first.image.layers());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{'records':7}",
        "{'records':[7]}",
        "{'records':[{}]}",
        "{'records':[{'key':'k','layer':'nonsense','created':'2026-01-01T00:00:00Z'}]}",
        "{'records':[{'key':'k','layer':'LAYER'}]}",
        "{'records':[{'key':'k','layer':'LAYER','created':'yesterday'}]}",
        "{'records':[],'shortcuts':{'a':7}}",
      })
  void aCacheThatIsNotSoundIsAWarning(String field) throws Exception {
    String layer = Digest.sha256("x").toString();
    String config = new String(ImageConfig.of(Platform.host()).raw(), UTF_8);
    String damaged = field.replace('\'', '"').replace("LAYER", layer);
    String json =
        config.substring(0, config.length() - 1) + ",\"dev.lamina.cache\":" + damaged + "}";
    try (LocalStore store = LocalStore.inMemory()) {
      StoredImage image = store.put(ImageConfig.parse(json.getBytes(UTF_8)), List.of());
      layout().write(store, image.manifestDescriptor());
    }
    Built built = build("a", request -> request.withCacheFrom(layout()));
    assertThat(built.warnings).contains("CacheUnavailable");
    assertThat(built.image.layers()).hasSize(2);
  }

  @Test
  void theCacheIsAnImageThatAnyStoreCanLoad() throws Exception {
    Built built = build("a", request -> request.withCacheTo(layout(), CacheMode.MAX));
    try (LocalStore store = LocalStore.inMemory();
        LocalStore builder = LocalStore.open(folder.resolve("a"))) {
      assertThat(OciLayout.at(folder.resolve("cache")).readInto(store)).hasSize(1);
      assertThat(builder.images()).containsExactly(built.image.manifestDescriptor());
    }
  }

  @Test
  void stepsThatWereNotUsedForATimeAreForgotten() throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("a"))) {
      Clock longAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(-10));
      Built old = build(store, "FROM scratch\nRUN old", request -> request.withClock(longAgo));
      Built recent = build(store, "FROM scratch\nRUN new", request -> request);
      remove(store, old.image.manifestDescriptor());
      remove(store, recent.image.manifestDescriptor());
      // Looked up ten days ago, as far as the record knows.
      Built again = build(store, "FROM scratch\nRUN old", request -> request.withClock(longAgo));
      assertThat(again.steps).containsExactly("RUN old: cached");
      store.images().forEach(image -> remove(store, image));
      DockerfileBuilder builder = new DockerfileBuilder(store, new StoreImages(store));
      Digest oldLayer = old.image.layers().get(0).diffId();
      Digest newLayer = recent.image.layers().get(0).diffId();
      assertThat(builder.cachedLayers()).contains(oldLayer, newLayer);
      assertThat(builder.pruneCache(Duration.ofDays(7), Long.MAX_VALUE).blobs())
          .contains(oldLayer)
          .doesNotContain(newLayer);
      assertThat(build(store, "FROM scratch\nRUN new", request -> request).steps)
          .containsExactly("RUN new: cached");
      assertThat(build(store, "FROM scratch\nRUN old", request -> request).steps)
          .containsExactly("RUN old: command was /bin/sh -c new");
    }
  }

  private static void remove(LocalStore store, Descriptor image) {
    try {
      var unused = store.remove(store.image(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void stepsUsedLongestAgoAreForgottenFirst() throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("a"))) {
      Clock before = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
      Built one = build(store, "FROM scratch\nRUN one", request -> request);
      Built two = build(store, "FROM scratch\nRUN two", request -> request);
      Built again = build(store, "FROM scratch\nRUN one", request -> request.withClock(before));
      assertThat(again.steps).containsExactly("RUN one: cached");
      DockerfileBuilder builder = new DockerfileBuilder(store, new StoreImages(store));
      assertThat(builder.pruneCache(Duration.ofDays(1), two.image.layers().get(0).size()).blobs())
          .as("an image still has the layer")
          .isEmpty();
      assertThat(builder.cachedLayers()).containsExactly(two.image.layers().get(0).diffId());
      assertThat(one.image.layers()).isNotEqualTo(two.image.layers());
    }
  }

  @Test
  void pruningImagesLeavesTheCache() throws Exception {
    Path place = folder.resolve("a");
    Built built = build("a", request -> request.withName(ImageReference.parse("app:1")));
    try (LocalStore store = LocalStore.open(place)) {
      var unused = store.remove(store.find(ImageReference.parse("app:1")).orElseThrow());
    }
    try (ImageStore store = ImageStore.open(place)) {
      assertThat(store.prune().blobs()).doesNotContainAnyElementsOf(layers(built));
    }
    assertThat(build("a", request -> request).steps).allMatch(step -> step.endsWith(": cached"));
    try (ImageStore store = ImageStore.open(place)) {
      store.prune();
      assertThat(store.pruneBuildCache(Duration.ZERO, 0).freedBytes()).isPositive();
    }
    assertThat(build("a", request -> request).steps).noneMatch(step -> step.endsWith(": cached"));
  }

  private static List<Digest> layers(Built built) {
    return built.image.layers().stream().map(Layer::diffId).toList();
  }
}
