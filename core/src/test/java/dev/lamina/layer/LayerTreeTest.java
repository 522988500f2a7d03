// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import static dev.lamina.layer.Layers.dir;
import static dev.lamina.layer.Layers.file;
import static dev.lamina.layer.Layers.link;
import static dev.lamina.layer.Layers.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.tar.SparseMap;
import dev.lamina.tar.TarOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tree that is kept of a layer does what its changes do. */
class LayerTreeTest {
  private static LayerTree stored(byte[] tar) throws IOException {
    Content content = Content.of(tar);
    return stored(LayerReader.scan("test", content, TarOptions.DEFAULT), content);
  }

  private static LayerTree stored(LayerIndex index, Content tar) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    index.writeTree(out);
    return LayerTree.read(
            Content.of(out.toByteArray()),
            tar,
            () -> {
              throw new IOException("it is sound");
            })
        .orElseThrow();
  }

  private static FileTree overNothing(LayerTree layer) throws IOException {
    return layer.over(FileTree.empty()).orElseThrow();
  }

  @Test
  void anyLayersTreeIsWhatItsChangesMakeOfNothing() throws IOException {
    for (long seed = 0; seed < 300; seed++) {
      FileTree tree = new RandomChanges(seed, false).edit(FileTree.empty(), 40);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      LayerIndex index = LayerWriter.write(tree.diff(FileTree.empty()), out).index();
      Content tar = Content.of(out.toByteArray());
      FileTree applied = FileTree.empty().apply(index.changes(tar));
      FileTree stored = overNothing(stored(index, tar));
      assertThat(stored.root()).as("seed %d", seed).isEqualTo(applied.root());
      assertThat(stored.diff(applied)).as("seed %d", seed).isEmpty();
      assertThat(applied.diff(stored)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void lastEntryOfANameCountsAndWhiteoutsHideNothingOfTheirOwnLayer() throws IOException {
    byte[] tar =
        Layers.tar(
            file("a", "first"),
            dir("usr/lib/"),
            symlink("lib", "usr/lib"),
            file("lib/x", "through the link"),
            file("a", "second"),
            file(".wh.a", ""),
            file("usr/.wh..wh..opq", ""),
            link("b", "usr/lib/x"),
            file("made/on/the/way", "."));
    assertThat(Layers.list(overNothing(stored(tar))))
        .isEqualTo(Layers.list(Layers.apply(FileTree.empty(), tar)))
        .contains("a: second", "usr/lib/x: through the link x2", "b: through the link x2");
  }

  @Test
  void sparseFileIsReadThroughItsMap() throws IOException {
    TreePath path = TreePath.of("/sparse");
    IndexBuilder index = new IndexBuilder();
    index.sparseFile(path, Layers.PLAIN, 1, 3, SparseMap.of(8, new long[] {2, 1, 5, 2}));
    Content tar = Content.of(new byte[] {0, 1, 2, 3, 0});
    Node.File file = (Node.File) overNothing(stored(index.build(5), tar)).node(path).orElseThrow();
    assertThat(HexFormat.of().formatHex(file.content().toByteArray()))
        .isEqualTo("0000010000020300");
  }

  @Test
  void anyLayerIsLaidOverAnotherAsItsChangesAre() throws IOException {
    int laid = 0;
    for (long seed = 0; seed < 300; seed++) {
      FileTree base = new RandomChanges(seed, false).edit(FileTree.empty(), 25);
      FileTree next = new RandomChanges(-seed - 1, false).edit(base, 15);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      LayerIndex index = LayerWriter.write(next.diff(base), out).index();
      Content tar = Content.of(out.toByteArray());
      Optional<FileTree> over = stored(index, tar).over(base);
      if (over.isPresent()) {
        laid++;
        FileTree applied = base.apply(index.changes(tar));
        assertThat(over.get().diff(applied)).as("seed %d", seed).isEmpty();
        assertThat(applied.diff(over.get())).as("seed %d", seed).isEmpty();
      }
    }
    assertThat(laid).isGreaterThan(200);
  }

  @Test
  void whiteoutsAndDirectoriesThatAreNotInTheLayerAreKeptWithIt() throws IOException {
    FileTree base =
        Layers.apply(
            FileTree.empty(), file("etc/a", "a"), file("etc/b", "b"), file("opt/x/old", "old"));
    LayerTree layer =
        stored(
            Layers.tar(
                file("etc/.wh.a", ""),
                dir("opt/x/"),
                file("opt/x/.wh..wh..opq", ""),
                file("c", "")));
    assertThat(Layers.list(layer.over(base).orElseThrow()))
        .containsExactly("c: ", "etc/", "etc/b: b", "opt/", "opt/x/");
  }

  @Test
  void layerThatNeedsAnotherBelowIsNoTree() throws IOException {
    LayerTree layer = stored(Layers.tar(link("b", "a")));
    assertThat(layer.over(FileTree.empty())).isEmpty();
    assertThat(layer.over(Layers.apply(FileTree.empty(), file("a", "a")))).isEmpty();
  }

  @Test
  void layerWhoseOrderMattersIsATreeOverNothingOnly() throws IOException {
    LayerTree layer = stored(Layers.tar(file("a", "1"), file("a", "2")));
    assertThat(Layers.list(overNothing(layer))).containsExactly("a: 2");
    assertThat(layer.over(Layers.apply(FileTree.empty(), file("b", "b")))).isEmpty();
  }
}
