// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Samples;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.CheckReport.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What checking finds in a store that was damaged, and what repairing makes of it. */
class StoreCheckTest {
  @TempDir Path folder;
  private LocalStore store;
  private StoredImage made;
  private StoredImage came;
  private Descriptor cameBlob;

  /** An image made here, and one whose layer came compressed. */
  @BeforeEach
  void fill() throws IOException {
    store = LocalStore.open(folder);
    made = Samples.named(store, "made:1", Samples.file("/a", "a"), Samples.file("/b", "b"));
    byte[] compressed;
    try (LocalStore other = LocalStore.inMemory()) {
      Layer layer = other.layers().commit(Samples.file("/c", "c"));
      cameBlob = other.layers().blob(layer, CompressionOptions.zstd(3));
      compressed = other.blobs().require(cameBlob.digest()).toByteArray();
    }
    Layer layer = store.layers().ingest(new ByteArrayInputStream(compressed), cameBlob);
    ImageConfig config = LocalStoreTest.configOf(layer);
    came = store.put(config, List.of(layer));
    store.names().tag(ImageReference.parse("came:1"), came.manifestDescriptor());
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private Path blob(Digest digest) {
    return folder.resolve("blobs/sha256/" + digest.hex());
  }

  private static void flipOneBit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static Map<String, Long> files(Path folder) throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        files.put(each.toString(), Files.size(each));
      }
    }
    return files;
  }

  private List<Kind> check() throws IOException {
    Map<String, Long> before = files(folder);
    List<Kind> kinds =
        store.check().findings().stream().map(CheckReport.Finding::kind).distinct().toList();
    assertThat(files(folder)).isEqualTo(before);
    return kinds;
  }

  private void assertRepaired() throws IOException {
    assertThat(store.repair().isSound()).isTrue();
    assertThat(store.check().findings()).isEmpty();
    try (LocalStore again = LocalStore.open(folder)) {
      assertThat(again.image(made.manifestDescriptor()).tree().size()).isEqualTo(3);
      assertThat(again.image(came.manifestDescriptor()).tree().size()).isEqualTo(2);
    }
  }

  @Test
  void soundStoreHasNoFindings() throws IOException {
    CheckReport report = store.check();
    assertThat(report.findings()).isEmpty();
    assertThat(report.images()).isEqualTo(2);
    assertThat(report.blobs()).isEqualTo(7);
  }

  @Test
  void damagedCopyOfALayerIsMadeAgain() throws IOException {
    flipOneBit(folder.resolve("lamina/tars/" + came.config().diffIds().get(0).hex()));
    assertThat(check()).containsExactly(Kind.COPY);
    assertRepaired();
  }

  @Test
  void damagedIndexOfALayerIsMadeAgain() throws IOException {
    flipOneBit(folder.resolve("lamina/indexes/" + made.config().diffIds().get(0).hex()));
    assertThat(check()).containsExactly(Kind.INDEX);
    assertRepaired();
  }

  @Test
  void damagedLayerIsMadeAgainFromItsCompressedForm() throws IOException {
    Layer layer = made.layers().get(0);
    Descriptor unused = store.layers().blob(layer, CompressionOptions.DEFAULT);
    flipOneBit(blob(layer.diffId()));
    assertThat(check()).contains(Kind.BLOB);
    assertRepaired();
  }

  @Test
  void damagedBlobThatIsNowhereElseIsTakenOut() throws IOException {
    flipOneBit(blob(cameBlob.digest()));
    assertThat(check()).contains(Kind.BLOB, Kind.RECORD);

    CheckReport report = store.repair();
    assertThat(report.isSound()).isFalse();
    assertThat(report.findings())
        .extracting(Object::toString)
        .contains(
            "BLOB " + cameBlob.digest() + ": expected its bytes, found others; it is taken out")
        .anyMatch(finding -> finding.startsWith("IMAGE came:1: ") && !finding.endsWith(")"));
    assertThat(blob(cameBlob.digest())).doesNotExist();
    assertThat(store.names().find(ImageReference.parse("came:1"))).isPresent();
  }

  @Test
  void missingConfigurationIsFoundByTheImagesName() throws IOException {
    Files.delete(blob(made.id()));
    assertThat(store.check().findings())
        .extracting(Object::toString)
        .containsExactly(
            "IMAGE made:1: blob " + made.id() + ": expected in the store, found nothing");
  }

  @Test
  void truncatedDocumentIsFound() throws IOException {
    Path manifest = blob(made.manifestDescriptor().digest());
    byte[] bytes = Files.readAllBytes(manifest);
    Files.write(manifest, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(check()).containsExactly(Kind.BLOB, Kind.IMAGE);
  }

  @Test
  void blobNotedAsTheWrongLayerIsFound() throws IOException {
    Digest wrong = made.config().diffIds().get(0);
    new LayerRecords(DiskStorage.open(folder))
        .add(wrong, new LayerRecords.Form(cameBlob, LayerRecords.CAME));
    assertThat(check()).containsExactly(Kind.RECORD);
    assertRepaired();
  }

  @Test
  void unreadableIndexIsMadeAgainWithoutNames() throws IOException {
    Files.writeString(folder.resolve("index.json"), "{");
    assertThat(check()).containsExactly(Kind.LAYOUT);

    assertRepaired();
    assertThat(store.names().list()).isEmpty();
    assertThat(store.prune().images()).isEmpty();
  }

  @Test
  void oldTemporaryFilesAreNoFinding() throws IOException {
    Path temp = Files.createDirectories(folder.resolve("lamina/temp/of-a-dead-process"));
    Files.write(temp.resolve("1"), new byte[10]);
    assertThat(check()).isEmpty();
    try (LocalStore next = LocalStore.open(folder)) {
      assertThat(temp).doesNotExist();
      assertThat(next.images()).hasSize(2);
    }
  }
}
