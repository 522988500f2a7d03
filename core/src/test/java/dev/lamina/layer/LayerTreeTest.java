// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import static dev.lamina.layer.Layers.dir;
import static dev.lamina.layer.Layers.file;
import static dev.lamina.layer.Layers.link;
import static dev.lamina.layer.Layers.symlink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.tar.SparseMap;
import dev.lamina.tar.TarOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The tree that is kept of a layer is the one its changes make of nothing. */
class LayerTreeTest {
  private static FileTree stored(byte[] tar) throws IOException {
    Content content = Content.of(tar);
    LayerIndex index = LayerReader.scan("test", content, TarOptions.DEFAULT);
    return stored(index, content);
  }

  private static FileTree stored(LayerIndex index, Content tar) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    index.writeTree(out);
    return LayerIndex.readTree(
            Content.of(out.toByteArray()),
            tar,
            () -> {
              throw new IOException("it is sound");
            })
        .orElseThrow();
  }

  @Test
  void anyLayersTreeIsWhatItsChangesMakeOfNothing() throws IOException {
    for (long seed = 0; seed < 300; seed++) {
      FileTree tree = new RandomChanges(seed, false).edit(FileTree.empty(), 40);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      LayerIndex index = LayerWriter.write(tree.diff(FileTree.empty()), out).index();
      Content tar = Content.of(out.toByteArray());
      FileTree applied = FileTree.empty().apply(index.changes(tar));
      FileTree stored = stored(index, tar);
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
    assertThat(Layers.list(stored(tar)))
        .isEqualTo(Layers.list(Layers.apply(FileTree.empty(), tar)))
        .contains("a: second", "usr/lib/x: through the link x2", "b: through the link x2");
  }

  @Test
  void sparseFileIsReadThroughItsMap() throws IOException {
    TreePath path = TreePath.of("/sparse");
    IndexBuilder index = new IndexBuilder();
    index.sparseFile(path, Layers.PLAIN, 1, 3, SparseMap.of(8, new long[] {2, 1, 5, 2}));
    Content tar = Content.of(new byte[] {0, 1, 2, 3, 0});
    Node.File file = (Node.File) stored(index.build(5), tar).node(path).orElseThrow();
    assertThat(HexFormat.of().formatHex(file.content().toByteArray()))
        .isEqualTo("0000010000020300");
  }

  @Test
  void layerThatNeedsAnotherBelowMakesNoTree() throws IOException {
    Content tar = Content.of(Layers.tar(link("b", "a")));
    LayerIndex index = LayerReader.scan("test", tar, TarOptions.DEFAULT);
    assertThatThrownBy(() -> index.writeTree(new ByteArrayOutputStream()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("a");
  }
}
