// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.compress.CompressionOptions;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store does, on disk and in memory. */
@ParameterizedClass
@EnumSource
final class LocalStoreTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  enum Kind {
    DISK,
    MEMORY
  }

  private final Kind kind;
  private final LocalStore store;

  LocalStoreTest(Kind kind, @TempDir Path folder) throws IOException {
    this.kind = kind;
    store = kind == Kind.DISK ? LocalStore.open(folder) : LocalStore.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  static Changes fileChange(String path, String text) {
    Content content = Content.of(text.getBytes(StandardCharsets.UTF_8));
    return Changes.builder()
        .put(TreePath.of(path), Node.file(Metadata.of(0644, TIME), content))
        .build();
  }

  static ImageConfig configOf(Layer... layers) {
    ImageConfig config = ImageConfig.of(Platform.host()).withCreated(TIME);
    for (Layer layer : layers) {
      config = config.withLayer(layer.diffId(), HistoryEntry.layer(TIME, "RUN x", ""));
    }
    return config;
  }

  private static String text(FileTree tree, String path) throws IOException {
    Node.File file = (Node.File) tree.node(TreePath.of(path)).orElseThrow();
    return new String(file.content().toByteArray(), StandardCharsets.UTF_8);
  }

  private static void assertSame(Changes found, Changes expected) throws IOException {
    FileTree tree = FileTree.empty().apply(expected);
    assertThat(FileTree.empty().apply(found).diff(tree)).isEmpty();
    assertThat(found).hasSameSizeAs(expected);
  }

  @Test
  void committedLayerGivesItsChangesBack() throws IOException {
    Changes changes = fileChange("/etc/hosts", "localhost");
    Layer layer = store.layers().commit(changes);

    assertSame(layer.changes(), changes);
    assertThat(store.layers().find(layer.diffId())).contains(layer);
    assertThat(Digest.sha256(layer.tar().toByteArray())).isEqualTo(layer.diffId());
  }

  @Test
  void imageIsFoundByNameAndId() throws IOException {
    Layer lower = store.layers().commit(fileChange("/a", "1"));
    Layer upper = store.layers().commit(fileChange("/b", "2"));
    StoredImage image = store.put(configOf(lower, upper), List.of(lower, upper));
    ImageReference name = ImageReference.parse("shop/app:1");
    store.names().tag(name, image.manifestDescriptor());

    assertThat(store.find(name)).contains(image);
    assertThat(store.byId(image.id().hex().substring(0, 12))).contains(image);
    assertThat(store.byId(image.id().toString())).contains(image);
    assertThat(store.names().list()).containsOnlyKeys(name);
    assertThat(text(image.tree(), "/a") + text(image.tree(), "/b")).isEqualTo("12");
    assertThat(store.find(name).orElseThrow().tree()).isSameAs(image.tree());
  }

  @Test
  void nameMovesToTheImageTaggedLast() throws IOException {
    ImageReference name = ImageReference.parse("app");
    Layer a = store.layers().commit(fileChange("/a", "1"));
    Layer b = store.layers().commit(fileChange("/b", "1"));
    StoredImage first = store.put(configOf(a), List.of(a));
    StoredImage second = store.put(configOf(b), List.of(b));
    store.names().tag(name, first.manifestDescriptor());
    store.names().tag(name, second.manifestDescriptor());

    assertThat(store.find(name)).contains(second);
    assertThat(store.images()).hasSize(2);
    assertThat(store.names().untag(name)).isTrue();
    assertThat(store.names().untag(name)).isFalse();
    assertThat(store.find(name)).isEmpty();
  }

  @Test
  void givingAnImageTheNameItHasWritesNothing() throws IOException {
    ImageReference name = ImageReference.parse("app");
    Layer layer = store.layers().commit(fileChange("/a", "1"));
    StoredImage image = store.put(configOf(layer), List.of(layer));
    store.names().tag(name, image.manifestDescriptor());
    store.names().tag(ImageReference.parse("other"), image.manifestDescriptor());
    List<Descriptor> before = store.names().entries();
    store.names().tag(name, image.manifestDescriptor());

    assertThat(store.names().entries()).isEqualTo(before); // written anew it would come last
    assertThat(store.find(name)).contains(image);
  }

  @Test
  void compressedLayerLeavesAsItCame() throws IOException {
    byte[] blob;
    Digest diffId;
    try (LocalStore other = LocalStore.inMemory()) {
      Layer layer = other.layers().commit(fileChange("/a", "x".repeat(5000)));
      diffId = layer.diffId();
      Descriptor made = other.layers().blob(layer, CompressionOptions.jdkGzip(9));
      assertThat(other.layers().blob(layer, CompressionOptions.jdkGzip(9))).isEqualTo(made);
      blob = other.blobs().read(made);
    }
    Descriptor descriptor = Descriptor.of(MediaTypes.DOCKER_LAYER_GZIP, blob);
    Layer layer = ingest(blob, descriptor);

    assertThat(layer.diffId()).isEqualTo(diffId);
    assertThat(store.layers().blobs(layer)).containsExactly(descriptor);
    assertThat(store.layers().blob(layer, CompressionOptions.DEFAULT)).isEqualTo(descriptor);
    assertSame(layer.changes(), fileChange("/a", "x".repeat(5000)));
    StoredImage image = store.put(configOf(layer), List.of(layer));
    assertThat(image.manifest().layers())
        .containsExactly(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, blob));
  }

  private Layer ingest(byte[] blob, Descriptor descriptor) throws IOException {
    try (InputStream in = Content.of(blob).newInputStream()) {
      return store.layers().ingest(in, descriptor);
    }
  }

  @Test
  void pruneTakesWhatNothingRefersTo() throws IOException {
    Layer kept = store.layers().commit(fileChange("/a", "1"));
    Layer gone = store.layers().commit(fileChange("/b", "2"));
    StoredImage image = store.put(configOf(kept), List.of(kept));
    StoredImage unnamed = store.put(configOf(kept, gone), List.of(kept, gone));
    store.names().tag(ImageReference.parse("kept"), image.manifestDescriptor());

    PruneReport nothing = store.prune(false, Duration.ofHours(1));
    assertThat(nothing.blobs()).isEmpty();
    PruneReport report = store.prune();

    assertThat(report.images()).containsExactly(unnamed.id());
    assertThat(report.blobs())
        .containsExactlyInAnyOrder(
            gone.diffId(), unnamed.id(), unnamed.manifestDescriptor().digest());
    assertThat(report.freedBytes()).isGreaterThan(gone.size());
    assertThat(store.layers().find(gone.diffId())).isEmpty();
    assertThat(store.find(ImageReference.parse("kept")).orElseThrow().tree().size()).isEqualTo(2);
  }

  @Test
  void leaseKeepsWhatCameInSince() throws IOException {
    // What came just before may be kept as well: the host's clock of files is coarse.
    Layer before = store.layers().commit(fileChange("/a", "1"));
    Layer during;
    Set<Digest> pruned = new HashSet<>();
    try (Lease lease = store.lease()) {
      assertThat(lease).isNotNull();
      during = store.layers().commit(fileChange("/b", "2"));
      pruned.addAll(store.prune().blobs());
      assertThat(pruned).doesNotContain(during.diffId());
    }
    pruned.addAll(store.prune().blobs());
    assertThat(pruned).contains(before.diffId(), during.diffId());
  }

  @Test
  void leaseKeepsWhatWasFoundToBeThere() throws IOException {
    Layer layer = store.layers().commit(fileChange("/a", "1"));
    long size = store.blobs().size(layer.diffId()).orElseThrow();
    Descriptor blob = Descriptor.of("", layer.diffId(), size);
    try (Lease lease = store.lease()) {
      assertThat(lease).isNotNull();
      assertThat(store.blobs().retain(blob)).isTrue();
      assertThat(store.prune().blobs()).isEmpty();
    }
    assertThat(store.prune().blobs()).contains(layer.diffId());
  }

  @Test
  void imageIsPutUnderAllItsNamesAtOnce() throws IOException {
    Layer layer = store.layers().commit(fileChange("/a", "1"));
    List<ImageReference> names =
        List.of(ImageReference.parse("one:1"), ImageReference.parse("two:2"));
    for (int i = 0; i < 2; i++) {
      StoredImage image = store.put(configOf(layer), List.of(layer), names);
      assertThat(store.names().list().keySet()).containsExactlyInAnyOrderElementsOf(names);
      assertThat(store.find(names.get(0)).orElseThrow().id()).isEqualTo(image.id());
    }
    assertThat(store.names().untag(names.get(1))).isTrue();
    StoredImage again = store.put(configOf(layer), List.of(layer), names);
    assertThat(store.find(names.get(1)).orElseThrow().id()).isEqualTo(again.id());
  }

  @Test
  void imageWithoutItsLayerCannotBeNamed() throws IOException {
    Layer layer;
    try (LocalStore other = LocalStore.inMemory()) {
      layer = other.layers().commit(fileChange("/a", "1"));
    }
    assertThatThrownBy(() -> store.put(configOf(layer), List.of(layer)))
        .isInstanceOf(BlobNotFoundException.class)
        .hasMessageContaining(layer.diffId().toString());
    assertThat(store.images()).isEmpty();
  }

  @Test
  void folderForOthersExists() throws IOException {
    Path folder = store.folder("cache");
    Files.writeString(folder.resolve("x"), "y");
    assertThat(store.folder("cache").resolve("x")).exists();
  }

  @Test
  void notesAreWhereTheStoreIs() throws IOException {
    Files.writeString(store.notes("cache").resolve("x"), "noted");

    assertThat(Files.readString(store.notes("cache").resolve("x"))).isEqualTo("noted");
    boolean onHost = store.notes("cache").getFileSystem().equals(FileSystems.getDefault());
    assertThat(onHost).isEqualTo(kind == Kind.DISK);
  }
}
