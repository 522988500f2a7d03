// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Samples;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.store.CheckReport.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of large layers: kept by the store, read where somebody goes, droppable without loss. */
class LayerTreesTest {
  private static final Metadata PLAIN = Metadata.of(0644, Samples.TIME);

  @TempDir Path folder;

  /** Files, a hundred in a directory, and a second name for one. */
  private static Changes files(int count) {
    Changes.Builder changes = Changes.builder();
    for (int i = 0; i < count; i++) {
      Content content = Content.of(("file " + i).getBytes(UTF_8));
      changes.put(file(i), Node.file(PLAIN, content));
    }
    return changes.link(TreePath.of("/second"), file(count - 1)).build();
  }

  private static TreePath file(int i) {
    return TreePath.of("/d" + i / 100 + "/f" + i % 100);
  }

  private static String text(FileTree tree, TreePath path) throws IOException {
    Node.File file = (Node.File) tree.node(path).orElseThrow();
    return new String(file.content().toByteArray(), UTF_8);
  }

  private Digest commit(Changes changes) throws IOException {
    try (LocalStore store = LocalStore.open(folder)) {
      return store.layers().commit(changes).diffId();
    }
  }

  private long trees() throws IOException {
    Path trees = folder.resolve("lamina/trees");
    if (Files.notExists(trees)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(trees)) {
      return files.count();
    }
  }

  private void assertTree(Digest diffId, int count) throws IOException {
    try (LocalStore store = LocalStore.open(folder)) {
      FileTree tree = store.layers().require(diffId).applyTo(FileTree.empty());
      assertThat(text(tree, file(42))).isEqualTo("file 42");
      assertThat(text(tree, TreePath.of("/second"))).isEqualTo("file " + (count - 1));
      FileTree applied = FileTree.empty().apply(store.layers().require(diffId).changes());
      assertThat(tree.diff(applied)).isEmpty();
      assertThat(tree.size()).isEqualTo(applied.size());
    }
  }

  @Test
  void treeOfALargeLayerIsKeptWhenItIsFirstAskedFor() throws IOException {
    Digest large = commit(files(3_000));
    assertThat(trees()).isZero();
    assertTree(large, 3_000);
    assertThat(trees()).isEqualTo(1);
    assertTree(large, 3_000);
    Digest small = commit(files(90));
    assertTree(small, 90);
    assertThat(trees()).isEqualTo(1);
  }

  @Test
  void layerThatCannotBeKeptAsATreeIsAppliedAllTheSame() throws IOException {
    Layer layer;
    try (LocalStore store = LocalStore.open(folder)) {
      layer = store.layers().commit(files(3_000));
    }
    assertThat(text(layer.applyTo(FileTree.empty()), file(42))).isEqualTo("file 42");
    assertThat(trees()).isZero();
  }

  @Test
  void storeInMemoryKeepsTreesToo() throws IOException {
    try (LocalStore store = LocalStore.inMemory()) {
      Layer layer = store.layers().commit(files(3_000));
      FileTree tree = layer.applyTo(FileTree.empty());
      assertThat(text(tree, file(2_500))).isEqualTo("file 2500");
      assertThat(layer.applyTo(FileTree.empty())).isSameAs(tree);
    }
  }

  @Test
  void layerOverAnotherIsApplied() throws IOException {
    try (LocalStore store = LocalStore.open(folder)) {
      FileTree base = store.layers().commit(files(3_000)).applyTo(FileTree.empty());
      Node file = Node.file(PLAIN, Content.of(new byte[] {'x'}));
      Layer upper =
          store
              .layers()
              .commit(Changes.of(new Change.Remove(file(1)), new Change.Put(file(2), file)));
      FileTree tree = upper.applyTo(base);
      assertThat(tree.node(file(1))).isEmpty();
      assertThat(text(tree, file(2))).isEqualTo("x");
      assertThat(tree.diff(base)).hasSize(2);
    }
  }

  @Test
  void largeLayerOverAnotherIsReadWhereBothHaveSomething() throws IOException {
    Node file = Node.file(PLAIN, Content.of(new byte[] {'x'}));
    Changes base = Changes.of(new Change.Put(file(1), file), new Change.Put(file(100_000), file));
    for (int count : new int[] {2_000, 50_000}) {
      Digest diffId = commit(files(count));
      try (LocalStore store = LocalStore.open(folder);
          DiskStorage storage = DiskStorage.open(folder)) {
        FileTree lower = store.layers().commit(base).applyTo(FileTree.empty());
        FileTree kept = store.layers().require(diffId).applyTo(lower);
        LayerFiles files = new LayerFiles(storage);
        CountedSlices tar = new CountedSlices(files.tar(diffId).orElseThrow());
        Layer layer = files.layer(diffId, tar);
        FileTree tree = layer.applyTo(lower);
        assertThat(tar.slices).as("nodes of %d to lay it over", count).isLessThan(300);
        assertThat(tree.diff(kept)).isEmpty();
        assertThat(tree.diff(lower.apply(layer.changes()))).isEmpty();
      }
    }
  }

  /** A tar that counts the files whose content was asked for, which is once for each node made. */
  private static final class CountedSlices implements Content {
    private final Content tar;
    private int slices;

    CountedSlices(Content tar) {
      this.tar = tar;
    }

    @Override
    public long size() {
      return tar.size();
    }

    @Override
    public int read(long position, ByteBuffer dst) throws IOException {
      return tar.read(position, dst);
    }

    @Override
    public Content slice(long offset, long length) {
      slices++;
      return tar.slice(offset, length);
    }
  }

  @Test
  void lookUpMakesTheNodesOnItsWay() throws IOException {
    for (int count : new int[] {2_000, 50_000}) {
      Digest diffId = commit(files(count));
      assertTree(diffId, count);
      try (DiskStorage storage = DiskStorage.open(folder)) {
        LayerFiles files = new LayerFiles(storage);
        CountedSlices tar = new CountedSlices(files.tar(diffId).orElseThrow());
        FileTree tree = files.layer(diffId, tar).applyTo(FileTree.empty());
        assertThat(tree.size()).isGreaterThan(count);
        assertThat(tar.slices).as("nodes of %d to open it", count).isZero();
        assertThat(text(tree, file(777))).isEqualTo("file 777");
        assertThat(tar.slices).as("nodes of %d to find a file", count).isLessThan(100);
      }
    }
  }

  @Test
  void damagedTreeIsMadeAgain() throws IOException {
    Digest diffId = commit(files(3_000));
    assertTree(diffId, 3_000);
    Path file = folder.resolve("lamina/trees").resolve(diffId.hex());
    byte[] sound = Files.readAllBytes(file);
    for (int i = 1; i <= 20; i++) {
      byte[] damaged = sound.clone();
      damaged[(int) ((long) (sound.length - 1) * i / 20)] ^= 1;
      Path other = Files.write(folder.resolve("damaged"), damaged);
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      assertTree(diffId, 3_000);
      assertThat(Files.readAllBytes(file)).isEqualTo(sound);
    }
  }

  @Test
  void checkFindsADamagedTree() throws IOException {
    Digest diffId = commit(files(3_000));
    assertTree(diffId, 3_000);
    try (LocalStore store = LocalStore.open(folder)) {
      assertThat(store.check().findings()).isEmpty();
    }
    Path file = folder.resolve("lamina/trees").resolve(diffId.hex());
    byte[] damaged = Files.readAllBytes(file);
    damaged[1_000] ^= 1;
    Files.write(file, damaged);
    try (LocalStore store = LocalStore.open(folder)) {
      assertThat(store.check().findings())
          .extracting(CheckReport.Finding::kind)
          .containsExactly(Kind.INDEX);
      assertThat(store.repair().isSound()).isTrue();
    }
    assertThat(trees()).isZero();
    assertTree(diffId, 3_000);
  }

  @Test
  void pruneTakesTheTreeWithTheLayer() throws IOException {
    Digest diffId = commit(files(3_000));
    assertTree(diffId, 3_000);
    try (LocalStore store = LocalStore.open(folder)) {
      FileTree tree = store.layers().require(diffId).applyTo(FileTree.empty());
      assertThat(store.prune().blobs()).containsExactly(diffId);
      assertThat(trees()).isZero();
      assertThat(tree.node(file(2_999))).as("what was opened before").isPresent();
    }
  }
}
