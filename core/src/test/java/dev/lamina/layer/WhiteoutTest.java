// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import static dev.lamina.layer.Layers.apply;
import static dev.lamina.layer.Layers.dir;
import static dev.lamina.layer.Layers.file;
import static dev.lamina.layer.Layers.link;
import static dev.lamina.layer.Layers.list;
import static dev.lamina.layer.Layers.symlink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.fs.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a layer says that something is gone. */
class WhiteoutTest {
  private static FileTree lower() throws IOException {
    return apply(
        FileTree.empty(),
        dir("d/"),
        file("d/a", "1"),
        dir("d/sub/"),
        file("d/sub/b", "2"),
        file("f", "3"),
        file(".hidden", "4"));
  }

  @Test
  void aWhiteoutRemovesWhatIsBelow() throws IOException {
    assertThat(list(apply(lower(), file("d/.wh.a", ""), file(".wh..hidden", ""))))
        .containsExactly("d/", "d/sub/", "d/sub/b: 2", "f: 3");
    assertThat(list(apply(lower(), file(".wh.d", "")))).containsExactly(".hidden: 4", "f: 3");
  }

  @Test
  void whatTheSameLayerPutsStaysWhereverTheWhiteoutStands() throws IOException {
    assertThat(list(apply(lower(), file("d/.wh.a", ""), file("d/a", "new")))).contains("d/a: new");
    assertThat(list(apply(lower(), file("d/a", "new"), file("d/.wh.a", "")))).contains("d/a: new");
    assertThat(list(apply(lower(), dir("d/"), file("d/x", "new"), file(".wh.d", ""))))
        .containsExactly(".hidden: 4", "d/", "d/x: new", "f: 3");
  }

  /** An opaque whiteout may stand before, between or behind what the layer puts there. */
  @Test
  void allOrdersOfAnOpaqueDirectoryAreTheSame() throws IOException {
    List<Layers.Entry> entries =
        List.of(
            dir("d/"),
            file("d/.wh..wh..opq", ""),
            file("d/a", "new"),
            dir("d/sub/"),
            file("d/sub/c", "c"));
    List<List<Layers.Entry>> orders = new ArrayList<>();
    permute(new ArrayList<>(entries), 0, orders);
    assertThat(orders).hasSize(120);
    for (List<Layers.Entry> order : orders) {
      assertThat(list(apply(lower(), order.toArray(new Layers.Entry[0]))))
          .as("%s", order)
          .containsExactly(".hidden: 4", "d/", "d/a: new", "d/sub/", "d/sub/c: c", "f: 3");
    }
  }

  private static void permute(List<Layers.Entry> list, int from, List<List<Layers.Entry>> all) {
    if (from == list.size()) {
      all.add(List.copyOf(list));
    }
    for (int i = from; i < list.size(); i++) {
      java.util.Collections.swap(list, from, i);
      permute(list, from + 1, all);
      java.util.Collections.swap(list, from, i);
    }
  }

  @Test
  void aWhiteoutOfNothingIsNothing() throws IOException {
    assertThat(list(apply(lower(), file("d/.wh.no", ""), file("no/such/.wh.file", ""))))
        .isEqualTo(list(lower()));
    assertThat(list(apply(lower(), file("f/.wh.x", "")))).isEqualTo(list(lower()));
  }

  @ParameterizedTest
  @ValueSource(strings = {".wh.", ".wh..", ".wh...", "d/.wh.", "d/.wh..", "d/.wh..."})
  void aWhiteoutOfNoNameIsRefused(String name) {
    assertThatThrownBy(() -> apply(lower(), file(name, "")))
        .isInstanceOf(LayerFormatException.class)
        .hasMessageContaining("whiteout");
  }

  @Test
  void onlyTheNameMakesAWhiteout() throws IOException {
    for (Layers.Entry entry :
        List.of(
            file(".wh.f", "bytes"), symlink(".wh.f", "/d"), dir(".wh.f"), link(".wh.f", "d/a"))) {
      assertThat(list(apply(lower(), entry))).as("%s", entry).doesNotContain("f: 3");
    }
  }

  @Test
  void anOpaqueWhiteoutMakesADirectory() throws IOException {
    assertThat(list(apply(lower(), file("f/.wh..wh..opq", "")))).contains("f/");
    assertThat(list(apply(lower(), file("new/.wh..wh..opq", "")))).contains("new/");
    assertThat(list(apply(lower(), file(".wh..wh..opq", ""), file("only", "x"))))
        .containsExactly("only: x");
  }

  @Test
  void theDirectoryOfAWhiteoutKeepsItsTime() throws IOException {
    FileTree tree = apply(lower(), file("d/.wh.a", ""));
    Instant before = lower().node(TreePath.of("/d")).orElseThrow().mtime();
    assertThat(tree.node(TreePath.of("/d")).orElseThrow().mtime()).isEqualTo(before);
  }

  @Test
  void aHardLinkToWhatIsWhitedOutIsRefused() {
    assertThatThrownBy(() -> apply(lower(), file("d/.wh.a", ""), link("h", "d/a")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("/h")
        .hasMessageContaining("/d/a");
  }

  @Test
  void noFileIsEverCalledLikeAWhiteout() throws IOException {
    assertThatThrownBy(() -> apply(lower(), dir(".wh.etc"), file(".wh.etc/file", "")))
        .isInstanceOf(LayerFormatException.class);
    try (OverlayFileSystem fs =
        OverlayFileSystem.builder(lower()).refusedPrefix(Whiteout.PREFIX).build()) {
      assertThatThrownBy(() -> Files.createFile(fs.getPath("/.wh.x")))
          .isInstanceOf(FileSystemException.class);
    }
    Changes changes = apply(FileTree.empty(), file("x", "")).diff(FileTree.empty());
    assertThat(LayerWriter.write(changes, new ByteArrayOutputStream()).size()).isEqualTo(1_536);
  }

  @Test
  void aDirectoryMadeAgainIsWrittenAsRemovalsOfItsChildren() throws IOException {
    FileTree before = lower();
    Layers.Entry[] many = new Layers.Entry[5_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = file("d/n" + i, "");
    }
    before = apply(before, many);
    OverlayFileSystem fs = OverlayFileSystem.over(before);
    fs.remove(TreePath.of("/d"));
    Files.createDirectory(fs.getPath("/d"));
    Files.createFile(fs.getPath("/d/n7"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerWriter.Written written = LayerWriter.write(fs.changes(), out);
    assertThat(written.size()).isEqualTo(out.size());
    FileTree again = apply(before, out.toByteArray());
    assertThat(list(again)).containsExactly(".hidden: 4", "d/", "d/n7: ", "f: 3");
    assertThat(again.diff(fs.snapshot())).isEmpty();
  }

  @Test
  void whatBecameALinkHasNoWhiteoutsBelow() throws IOException {
    FileTree before = lower();
    OverlayFileSystem fs = OverlayFileSystem.over(before);
    fs.remove(TreePath.of("/d"));
    Files.createSymbolicLink(fs.getPath("/d"), fs.getPath("/"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerWriter.Written ignored = LayerWriter.write(fs.changes(), out);
    assertThat(out.toString(java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain(".wh.");
    assertThat(apply(before, out.toByteArray()).diff(fs.snapshot())).isEmpty();
  }
}
