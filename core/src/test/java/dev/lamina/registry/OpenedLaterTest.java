// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.Image;
import dev.lamina.ImageStore;
import dev.lamina.ImageSummary;
import dev.lamina.Pull;
import dev.lamina.Push;
import dev.lamina.Samples;
import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import dev.lamina.compress.CompressionException;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.layer.Layer;
import dev.lamina.layer.LayerFormatException;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import dev.lamina.store.BlobMismatchException;
import dev.lamina.store.CheckReport;
import dev.lamina.store.LocalStore;
import dev.lamina.task.Parallel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pull that opens layers later stores them as they come. They are decompressed, checked against
 * their diff IDs and indexed when they are first read, and never for what reads no layer.
 */
class OpenedLaterTest {
  /** Where a store keeps what makes layers readable: in each a file for each layer. */
  private static final List<String> AREAS = List.of("tars", "indexes", "layers");

  @TempDir Path folder;
  private MemoryRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = MemoryRegistry.start();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private String app(String tag) {
    return registry.host() + "/shop/app:" + tag;
  }

  private static Pull later(String name) {
    return Pull.of(name).openingLater();
  }

  private ImageStore store() throws IOException {
    return ImageStore.open(folder.resolve("store"));
  }

  /** Puts an image of two gzip layers there. */
  private void pushSample(String name) throws IOException {
    Path source = folder.resolve("source");
    try (LocalStore local = LocalStore.open(source)) {
      Samples.named(local, name, Samples.file("/a", "a".repeat(100_000)), Samples.file("/b", "b"));
    }
    try (ImageStore opened = ImageStore.open(source)) {
      opened.push(name);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    try (LocalStore local = LocalStore.inMemory()) {
      Layer layer = local.layers().commit(Samples.file("/f", bytes));
      Descriptor blob = local.layers().blob(layer, CompressionOptions.DEFAULT);
      return local.blobs().require(blob.digest()).toByteArray();
    }
  }

  private static Digest diffIdOf(byte[] bytes) throws IOException {
    try (LocalStore local = LocalStore.inMemory()) {
      return local.layers().commit(Samples.file("/f", bytes)).diffId();
    }
  }

  /** Puts an image there whose only layer is some blob, under whatever diff ID. */
  private void putImage(String tag, String mediaType, byte[] blob, Digest diffId) {
    byte[] config =
        ImageConfig.of(Platform.host())
            .withLayer(diffId, HistoryEntry.layer(Samples.TIME, "COPY", ""))
            .raw();
    byte[] manifest =
        Manifest.of(
                Descriptor.of(MediaTypes.OCI_CONFIG, config),
                List.of(Descriptor.of(mediaType, blob)),
                Map.of())
            .raw();
    registry.putBlob("shop/app", config);
    registry.putBlob("shop/app", blob);
    registry.putManifest("shop/app", tag, MediaTypes.OCI_MANIFEST, manifest);
  }

  private List<Path> readable() throws IOException {
    List<Path> made = new ArrayList<>();
    for (String area : AREAS) {
      Path files = folder.resolve("store/lamina").resolve(area);
      if (Files.isDirectory(files)) {
        try (var all = Files.list(files)) {
          all.forEach(made::add);
        }
      }
    }
    return made;
  }

  private long blobsFetched() {
    return registry.requests().stream()
        .filter(r -> r.method().equals("GET") && r.uri().getPath().contains("/blobs/"))
        .count();
  }

  @Test
  void nothingIsOpenedForWhatReadsNoLayer() throws IOException {
    pushSample(app("1"));
    Map<String, String> sent = registry.contents();
    try (ImageStore store = store()) {
      Image image = store.pull(later(app("1")));
      image.tag("mine:1");
      assertThat(store.images()).extracting(ImageSummary::id).containsExactly(image.id());
      assertThat(store.inspect("mine:1")).contains(image.id().toString());
      assertThat(image.history()).hasSize(2);
      image.writeTo(OciLayout.at(folder.resolve("layout")));
      image.writeTo(OciLayout.at(folder.resolve("layout.tar")));
      store.push(Push.of("mine:1").to(app("2")));
      assertThat(store.prune().freedBytes()).isZero();

      assertThat(readable()).isEmpty();
      assertThat(image.layers()).noneMatch(Layer::isOpened);
      assertThat(image.size())
          .isEqualTo(image.manifest().layers().stream().mapToLong(Descriptor::size).sum());
      assertThat(store.check().findings()).isEmpty();
      assertThat(readable()).isEmpty();
    }
    sent.forEach(
        (name, what) ->
            assertThat(registry.contents()).containsEntry(name.replace("app:1", "app:2"), what));
  }

  @Test
  void filesAreReadableWhenTheyAreFirstRead() throws IOException {
    pushSample(app("1"));
    try (ImageStore store = store()) {
      Image image = store.pull(later(app("1")));
      assertThat(image.tree().size()).isEqualTo(3);
      assertThat(image.layers()).allMatch(Layer::isOpened);
      assertThat(image.size()).isGreaterThan(100_000);
      assertThat(readable()).hasSize(AREAS.size() * 2);
      assertThat(store.check().findings()).isEmpty();
    }
    try (ImageStore again = store()) {
      assertThat(again.image(app("1")).layers()).allMatch(Layer::isOpened);
    }
  }

  @Test
  void oneLayerIsOpenedWithoutTheOthers() throws IOException {
    pushSample(app("1"));
    try (ImageStore store = store()) {
      List<Layer> layers = store.pull(later(app("1"))).layers();
      assertThat(layers.get(1).changes().size()).isEqualTo(1);
      assertThat(layers).extracting(Layer::isOpened).containsExactly(false, true);
    }
  }

  @Test
  void dockerArchiveHoldsTheLayersUncompressed() throws IOException {
    pushSample(app("1"));
    Path archive = folder.resolve("app.tar");
    try (ImageStore store = store();
        ImageStore other = ImageStore.inMemory()) {
      Image image = store.pull(later(app("1")));
      image.writeTo(DockerArchive.at(archive));
      assertThat(other.load(archive).get(0).tree().diff(image.tree()).size()).isZero();
    }
  }

  @Test
  void pullThatOpensFetchesNoLayerThatIsThereUnopened() throws IOException {
    pushSample(app("1"));
    try (ImageStore store = store()) {
      Image later = store.pull(later(app("1")));
      assertThat(later.layers()).noneMatch(Layer::isOpened);
      registry.requests().clear();
      assertThat(store.pull(app("1")).layers()).allMatch(Layer::isOpened);
      assertThat(blobsFetched()).isEqualTo(1); // the configuration
      assertThat(store.pull(later(app("1"))).layers()).allMatch(Layer::isOpened);
    }
  }

  @Test
  void anotherLayerThanTheDiffIdSaysIsFoundAtTheFirstRead() throws IOException {
    byte[] blob = gzip(new byte[] {1});
    Digest claimed = Digest.sha256("another layer");
    putImage("1", MediaTypes.OCI_LAYER_GZIP, blob, claimed);
    try (ImageStore store = store()) {
      assertThatThrownBy(() -> store.pull(app("1"))).isInstanceOf(BlobMismatchException.class);
      assertThat(store.images()).isEmpty();

      Image image = store.pull(later(app("1")));
      for (int again = 0; again < 2; again++) {
        assertThatThrownBy(image::tree)
            .isInstanceOf(BlobMismatchException.class)
            .hasMessage(
                "layer %s uncompressed: expected digest %s, found %s",
                Digest.sha256(blob), claimed, diffIdOf(new byte[] {1}));
        assertThatThrownBy(() -> image.layers().get(0).changes())
            .isInstanceOf(BlobMismatchException.class);
      }
      assertThat(readable()).isEmpty();
      assertThatThrownBy(() -> image.withConfig(config -> config.withUser("1")))
          .isInstanceOf(BlobMismatchException.class);
      assertThatThrownBy(() -> image.writeTo(DockerArchive.at(folder.resolve("app.tar"))))
          .isInstanceOf(BlobMismatchException.class);
    }
  }

  /** The tree of that diff ID is known already, and isn't what this image's blob holds. */
  @Test
  void imageThatClaimsTheDiffIdOfAnotherIsNotGivenItsFiles() throws IOException {
    Digest diffId = diffIdOf(new byte[] {1});
    putImage("good", MediaTypes.OCI_LAYER_GZIP, gzip(new byte[] {1}), diffId);
    putImage("bad", MediaTypes.OCI_LAYER_GZIP, gzip(new byte[] {2}), diffId);
    try (ImageStore store = store()) {
      assertThat(store.pull(app("good")).tree().size()).isEqualTo(2);
      Image bad = store.pull(later(app("bad")));
      assertThat(bad.layers()).noneMatch(Layer::isOpened);
      assertThatThrownBy(bad::tree).isInstanceOf(BlobMismatchException.class);
      assertThatThrownBy(() -> bad.withAnnotation("a", "b"))
          .isInstanceOf(BlobMismatchException.class);
    }
  }

  @Test
  void whatIsNoLayerIsFoundAtTheFirstRead() throws IOException {
    byte[] text = "no tar, but long enough to be one".repeat(40).getBytes(StandardCharsets.UTF_8);
    byte[] cut = gzip(new byte[50_000]);
    byte[] half = Arrays.copyOf(cut, cut.length / 2);
    putImage("text", MediaTypes.OCI_LAYER, text, Digest.sha256(text));
    putImage("half", MediaTypes.OCI_LAYER_GZIP, half, diffIdOf(new byte[50_000]));
    try (ImageStore store = store()) {
      Image ofText = store.pull(later(app("text")));
      Image ofHalf = store.pull(later(app("half")));
      assertThatThrownBy(ofText::tree).isInstanceOf(LayerFormatException.class);
      assertThatThrownBy(ofHalf::tree).isInstanceOf(CompressionException.class);
      assertThat(store.check().findings()).hasSize(2);
    }
  }

  /** A blob that isn't what its own digest says never gets in. */
  @Test
  void anotherBlobThanItsDigestSaysIsRefusedAtThePull() throws IOException {
    pushSample(app("1"));
    registry.intercept(
        exchange -> {
          boolean blob =
              exchange.getRequestMethod().equals("GET")
                  && exchange.getRequestURI().getPath().contains("/blobs/");
          if (!blob) {
            return false;
          }
          byte[] other = new byte[40];
          exchange.sendResponseHeaders(200, other.length);
          exchange.getResponseBody().write(other);
          exchange.close();
          return true;
        });
    try (ImageStore store = store()) {
      assertThatThrownBy(() -> store.pull(later(app("1")))).isInstanceOf(IOException.class);
      assertThat(store.images()).isEmpty();
      assertThat(store.check().blobs()).isZero();
    }
  }

  @Test
  void checkFindsWhatNobodyHasReadYet() throws IOException {
    Digest claimed = Digest.sha256("another layer");
    byte[] blob = gzip(new byte[] {1});
    putImage("1", MediaTypes.OCI_LAYER_GZIP, blob, claimed);
    try (ImageStore store = store()) {
      Image unused = store.pull(later(app("1")));
      assertThat(store.check().findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.kind()).isEqualTo(CheckReport.Kind.IMAGE);
                assertThat(finding.message())
                    .contains(Digest.sha256(blob).toString(), claimed.toString());
              });
      assertThat(readable()).isEmpty();
    }
  }

  @Test
  void checkFindsADamagedBlobThatNobodyHasReadYet() throws IOException {
    pushSample(app("1"));
    try (ImageStore store = store()) {
      Digest blob = store.pull(later(app("1"))).manifest().layers().get(0).digest();
      Path file = folder.resolve("store/blobs/sha256/" + blob.hex());
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      assertThat(store.check().findings())
          .extracting(CheckReport.Finding::kind)
          .contains(CheckReport.Kind.BLOB, CheckReport.Kind.IMAGE);
      assertThatThrownBy(() -> store.image(app("1")).tree())
          .isInstanceOf(BlobMismatchException.class)
          .hasMessageContaining(blob.toString());
      assertThat(store.repair().isSound()).isFalse();
      assertThat(store.pull(app("1")).tree().size()).isEqualTo(3); // fetched again
      assertThat(store.check().findings()).isEmpty();
    }
  }

  @Test
  void manyReadersAtOnceGetTheSame() throws IOException {
    pushSample(app("1"));
    try (ImageStore store = store();
        ImageStore second = ImageStore.open(folder.resolve("store"))) {
      Image unused = store.pull(later(app("1")));
      List<Long> sizes = Collections.synchronizedList(new ArrayList<>());
      List<Parallel.Task> readers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        ImageStore own = i % 2 == 0 ? store : second;
        readers.add(() -> sizes.add(own.image(app("1")).tree().size()));
      }
      Parallel.run(readers, readers.size());
      assertThat(sizes).hasSize(16).containsOnly(3L);
      assertThat(store.check().findings()).isEmpty();
      assertThat(readable()).hasSize(AREAS.size() * 2);
    }
  }

  @Test
  void severalProcessesAtOnceGetTheSame() throws Exception {
    pushSample(app("1"));
    try (ImageStore store = store()) {
      Image unused = store.pull(later(app("1")));
    }
    List<Process> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(TransferChild.start(folder.resolve("store"), "read", app("1")));
    }
    for (Process reader : readers) {
      try (var said = reader.inputReader()) {
        assertThat(said.readLine()).isEqualTo("3");
      }
      assertThat(reader.waitFor()).isZero();
    }
    try (ImageStore store = store()) {
      assertThat(store.check().findings()).isEmpty();
    }
    assertThat(readable()).hasSize(AREAS.size() * 2);
  }

  /** Wherever a process is killed while it opens a layer, some of these files are there. */
  @Test
  void layerOfWhichSomeFilesAreMissingIsOpenedAgain() throws IOException {
    pushSample(app("1"));
    try (ImageStore store = store()) {
      assertThat(store.pull(later(app("1"))).tree().size()).isEqualTo(3);
    }
    List<Path> all = readable();
    for (int left = 0; left < 1 << AREAS.size(); left++) {
      for (Path file : all) {
        int area = AREAS.indexOf(file.getParent().getFileName().toString());
        if ((left & 1 << area) == 0) {
          Files.deleteIfExists(file);
        }
      }
      try (ImageStore store = store()) {
        assertThat(store.check().findings()).isEmpty();
        assertThat(store.image(app("1")).tree().size()).isEqualTo(3);
        assertThat(store.check().findings()).isEmpty();
      }
      assertThat(readable()).containsExactlyInAnyOrderElementsOf(all);
    }
  }
}
