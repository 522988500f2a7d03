// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.Samples;
import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.ImageSource;
import dev.lamina.archive.NamedImage;
import dev.lamina.archive.OciLayout;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An image whose blobs are named by one algorithm and whose layers by another comes in, is read,
 * checked and pruned, and leaves, as any other does.
 */
class DigestAlgorithmsTest {
  private static final List<String> ALGORITHMS = List.of("sha256", "sha384", "sha512");

  @TempDir Path folder;
  private Path layout;
  private byte[] tar;
  private byte[] gzip;

  @BeforeEach
  void make() throws IOException {
    layout = folder.resolve("layout");
    try (LocalStore store = LocalStore.inMemory()) {
      Layer layer = store.layers().commit(Samples.file("/a", "a".repeat(10_000)));
      tar = layer.tar().toByteArray();
      gzip = store.blobs().read(store.layers().blob(layer, CompressionOptions.DEFAULT));
    }
  }

  static Stream<Arguments> pairs() {
    return ALGORITHMS.stream()
        .flatMap(
            blobs ->
                ALGORITHMS.stream()
                    .flatMap(
                        diffIds ->
                            Stream.of(
                                Arguments.of(blobs, diffIds, false),
                                Arguments.of(blobs, diffIds, true))));
  }

  private static Digest digest(String algorithm, byte[] content) {
    return Digest.of(Digest.hasher(algorithm).digest(content));
  }

  private Descriptor write(String algorithm, String mediaType, byte[] content) throws IOException {
    Digest digest = digest(algorithm, content);
    Path blobs = Files.createDirectories(layout.resolve("blobs").resolve(algorithm));
    Files.write(blobs.resolve(digest.hex()), content);
    return Descriptor.of(mediaType, digest, content.length);
  }

  /** Writes a layout with an image of one layer, and returns the manifest's descriptor. */
  private Descriptor writeLayout(String blobs, String diffIds, boolean compressed)
      throws IOException {
    ImageConfig config =
        ImageConfig.of(Platform.host())
            .withLayer(digest(diffIds, tar), HistoryEntry.layer(Samples.TIME, "COPY", ""));
    Descriptor layer =
        compressed
            ? write(blobs, MediaTypes.OCI_LAYER_GZIP, gzip)
            : write(blobs, MediaTypes.OCI_LAYER, tar);
    Manifest manifest =
        Manifest.of(
            write(blobs, MediaTypes.OCI_CONFIG, config.raw()), List.of(layer), Map.of("a", "b"));
    Descriptor image = write(blobs, MediaTypes.OCI_MANIFEST, manifest.raw());
    Files.write(
        layout.resolve("oci-layout"),
        "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    String index =
        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,"
            + "\"annotations\":{\"org.opencontainers.image.ref.name\":\"shop/app:1\"}}]}";
    Files.writeString(
        layout.resolve("index.json"),
        index.formatted(MediaTypes.OCI_MANIFEST, image.digest(), image.size()));
    return image;
  }

  private static FileTree load(LocalStore store, ImageSource source) throws IOException {
    List<NamedImage> images = source.readInto(store);
    assertThat(images).hasSize(1);
    return store.image(images.get(0).image()).tree();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairComesInAndLeaves(String blobs, String diffIds, boolean compressed)
      throws IOException {
    Descriptor image = writeLayout(blobs, diffIds, compressed);
    try (LocalStore store = LocalStore.open(folder.resolve("store"));
        LocalStore other = LocalStore.inMemory()) {
      FileTree tree = load(store, OciLayout.at(layout));
      assertThat(tree.size()).isEqualTo(2);
      assertThat(store.check().findings()).isEmpty();
      ImageReference pinned = ImageReference.parse("shop/app@" + image.digest());
      assertThat(store.find(pinned).orElseThrow().tree()).isSameAs(tree);

      NamedImage named = new NamedImage(image, List.of(ImageReference.parse("shop/app:1")));
      OciLayout.at(folder.resolve("out")).write(store, List.of(named));
      assertThat(load(other, OciLayout.at(folder.resolve("out"))).diff(tree).isEmpty()).isTrue();
      assertThat(other.blobs().digests()).containsExactlyElementsOf(store.blobs().digests());
      DockerArchive.at(folder.resolve("out.tar")).write(store, List.of(named));
      assertThat(load(other, DockerArchive.at(folder.resolve("out.tar"))).diff(tree).isEmpty())
          .isTrue();
      assertThat(other.check().findings()).isEmpty();

      assertThat(store.prune().blobs()).isEmpty();
      RemovedImages removed = store.remove(ImageReference.parse("shop/app:1"));
      assertThat(removed.images()).hasSize(1);
      assertThat(store.prune().blobs()).hasSize(3);
    }
    try (Stream<Path> left = Files.walk(folder.resolve("store/lamina"))) {
      assertThat(left.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.matches("[0-9a-f]{64,}"));
    }
  }

  @Test
  void layerIsOpenedFromItsBlobWhenItsCopyIsGone() throws IOException {
    for (String algorithm : ALGORITHMS) {
      Descriptor image = writeLayout("sha512", algorithm, false);
      try (LocalStore store = LocalStore.open(folder.resolve(algorithm))) {
        assertThat(OciLayout.at(layout).readInto(store)).hasSize(1);
        Digest layer = store.image(image).layers().get(0).diffId();
        Files.deleteIfExists(folder.resolve(algorithm + "/lamina/tars/" + layer.hex()));
        assertThat(store.layers().require(layer).changes().size()).isEqualTo(1);
      }
    }
  }

  @Test
  void damagedLayerIsMadeAgainFromABlobOfAnotherAlgorithm() throws IOException {
    Descriptor image = writeLayout("sha512", "sha256", false);
    Path root = folder.resolve("store");
    try (LocalStore store = LocalStore.open(root)) {
      assertThat(OciLayout.at(layout).readInto(store)).hasSize(1);
      Layer layer = store.image(image).layers().get(0);
      Digest made = store.layers().blob(layer, CompressionOptions.none()).digest();
      Files.delete(root.resolve("lamina/tars").resolve(made.hex()));
      Path blob = root.resolve("blobs/sha256").resolve(made.hex());
      Files.write(blob, new byte[tar.length]);
      assertThat(store.repair().isSound()).isTrue();
      assertThat(Files.readAllBytes(blob)).isEqualTo(tar);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void damageIsSeenByWhicheverAlgorithm(String blobs, String diffIds, boolean compressed)
      throws IOException {
    Descriptor unused = writeLayout(blobs, diffIds, compressed);
    byte[] layer = compressed ? gzip : tar;
    Path blob = layout.resolve("blobs/" + blobs + "/" + digest(blobs, layer).hex());
    byte[] damaged = layer.clone();
    damaged[layer.length / 2] ^= 1;
    Files.write(blob, damaged);
    try (LocalStore store = LocalStore.inMemory()) {
      assertThatThrownBy(() -> load(store, OciLayout.at(layout)))
          .isInstanceOf(BlobMismatchException.class)
          .hasMessageContaining(digest(blobs, layer).toString());
      assertThat(store.names().list()).isEmpty();
    }
  }
}
