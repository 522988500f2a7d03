// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.Image;
import dev.lamina.ImageStore;
import dev.lamina.Pull;
import dev.lamina.Push;
import dev.lamina.Samples;
import dev.lamina.archive.OciLayout;
import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import dev.lamina.store.BlobNotFoundException;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an index or a manifest names beside files: it comes along and goes along. */
class AttestationsTest {
  private static final String STATEMENT = "application/vnd.in-toto+json";

  @TempDir Path folder;
  private MemoryRegistry registry;
  private RegistryClient client;
  private ImageReference app;

  @BeforeEach
  void start() throws IOException {
    registry = MemoryRegistry.start();
    client = RegistryClient.of(RegistryOptions.DEFAULT);
    app = ImageReference.parse(registry.host() + "/shop/app:1");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Descriptor blob(String mediaType, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Descriptor blob = Descriptor.of(mediaType, bytes);
    boolean unused = client.putBlob(app, blob, Content.of(bytes), List.of());
    return blob;
  }

  /** An image with its provenance, as BuildKit pushes them: a manifest for no platform. */
  private Descriptor pushWithProvenance() throws IOException {
    Descriptor image;
    try (LocalStore store = LocalStore.inMemory()) {
      image =
          ImagePush.from(store, client)
              .run(
                  Samples.put(store, Platform.host(), Samples.file("/a", "a")).manifestDescriptor(),
                  app);
    }
    Descriptor config =
        blob(MediaTypes.OCI_CONFIG, "{\"architecture\":\"unknown\",\"os\":\"unknown\"}");
    Descriptor statement =
        blob(STATEMENT, "{\"predicateType\":\"https://slsa.dev/provenance/v1\"}")
            .withAnnotation("in-toto.io/predicate-type", "https://slsa.dev/provenance/v1");
    Manifest provenance = Manifest.of(config, List.of(statement), Map.of());
    client.putManifest(
        app.withDigest(provenance.digest()), provenance.descriptor(), provenance.raw());
    ImageIndex index =
        ImageIndex.of(
            List.of(
                provenance
                    .descriptor()
                    .withPlatform(Platform.of("unknown", "unknown"))
                    .withAnnotation("vnd.docker.reference.type", "attestation-manifest")
                    .withAnnotation("vnd.docker.reference.digest", image.digest().toString()),
                image.withPlatform(Platform.host())),
            Map.of());
    client.putManifest(app, index.descriptor(), index.raw());
    return index.descriptor();
  }

  private static List<String> blobs(Path layout) throws IOException {
    try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void provenanceStaysWithItsImageFromRegistryToLayoutToRegistry() throws IOException {
    Descriptor index = pushWithProvenance();
    Path layout = folder.resolve("layout");
    String copy = registry.host() + "/shop/copy:1";
    try (ImageStore store = ImageStore.inMemory();
        ImageStore other = ImageStore.inMemory()) {
      Image image = store.pull(Pull.of(app.familiar()).allPlatforms());
      assertThat(image.tree().size()).as("the image, not what is said of it").isEqualTo(2);
      store.save(OciLayout.at(layout), app.familiar());
      assertThat(blobs(layout))
          .as("index, two manifests, two configurations, a layer and a statement")
          .hasSize(7);

      assertThat(other.load(layout).get(0).id()).isEqualTo(image.id());
      assertThat(other.check().findings()).isEmpty();
      assertThat(other.push(Push.of(app.familiar()).to(copy))).isEqualTo(index);
    }
    assertThat(registry.contents().keySet().stream().filter(n -> n.contains("copy@")).toList())
        .hasSize(7);
  }

  @Test
  void pullForAPlatformLeavesTheProvenanceWhereItIs() throws IOException {
    Descriptor index = pushWithProvenance();
    try (ImageStore store = ImageStore.inMemory()) {
      Image image = store.pull(app.familiar());
      assertThat(image.manifest().digest()).isNotEqualTo(index.digest());
      assertThat(store.images()).hasSize(1);
      assertThat(store.check().findings()).isEmpty();
    }
  }

  /** Such layers are for whoever runs the image to get; the rest of the image is sound. */
  @Test
  void imageWithALayerThatIsElsewhereGoesOnUnopened() throws IOException {
    ImageConfig config =
        ImageConfig.of(Platform.host())
            .withLayer(Digest.sha256("elsewhere"), HistoryEntry.layer(Samples.TIME, "COPY", ""));
    Descriptor layer = Descriptor.of(MediaTypes.DOCKER_FOREIGN_LAYER_GZIP, new byte[] {1});
    Manifest manifest =
        Manifest.of(
            blob(MediaTypes.OCI_CONFIG, new String(config.raw(), StandardCharsets.UTF_8)),
            List.of(layer),
            Map.of());
    client.putManifest(app, manifest.descriptor(), manifest.raw());
    try (ImageStore store = ImageStore.inMemory()) {
      assertThatThrownBy(() -> store.pull(app.familiar()))
          .isInstanceOf(BlobNotFoundException.class)
          .hasMessageContaining(layer.digest() + ": expected in the store, found nothing")
          .hasMessageContaining("must not be distributed");
      assertThat(store.check().findings()).isEmpty();
      assertThat(store.images()).isEmpty();
      String copy = registry.host() + "/shop/copy:1";
      assertThat(store.push(Push.of(app.familiar()).to(copy))).isEqualTo(manifest.descriptor());
    }
  }
}
