// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A path of 4,095 bytes has up to 2,047 names: nothing may end in a stack overflow. */
class DeepTreeTest {
  private static final int DEPTH = 2_047;
  private static final TreePath DEEPEST = TreePath.of("/d".repeat(DEPTH));
  private static FileTree deep = FileTree.empty();

  @BeforeAll
  static void makeTree() throws IOException {
    deep =
        FileTree.empty()
            .apply(
                Changes.builder()
                    .put(DEEPEST, Trees.fileNode("one"))
                    .link(DEEPEST.parent().resolve("e"), DEEPEST)
                    .build());
  }

  @Test
  void aDeepTreeIsWalked() {
    assertThat(deep.size()).isEqualTo(DEPTH + 2);
    assertThat(deep.root()).isEqualTo(deep.root());
  }

  @Test
  void aDeepTreeIsComparedAndApplied() throws IOException {
    FileTree empty = FileTree.empty();
    assertThat(deep.diff(empty)).hasSize(DEPTH + 1);
    assertThat(deep.compare(empty)).hasSize(DEPTH + 1);
    assertThat(empty.diff(deep)).hasSize(1);
    FileTree changed = deep.apply(Changes.of(new Change.Put(DEEPEST, Trees.fileNode("two"))));
    assertThat(changed.diff(deep)).hasSize(1);
    assertThat(changed.compare(deep)).hasSize(DEPTH);
    assertThat(empty.apply(deep.diff(empty)).diff(deep)).isEmpty();
    assertThat(Merge.of(empty, deep, empty).isClean()).isTrue();
    assertThat(empty.graft(TreePath.of("/g"), deep.root()).size()).isEqualTo(DEPTH + 3);
  }

  @Test
  void aDeepTreeIsChangedAndRemoved() throws IOException {
    try (OverlayFileSystem fs = OverlayFileSystem.over(deep)) {
      Path file = fs.getPath(DEEPEST);
      Files.writeString(file, "changed");
      assertThat(Files.readString(file.resolveSibling("e"))).isEqualTo("changed");
      assertThat(file.toRealPath()).isEqualTo(file);
      Files.move(fs.getPath("/d"), fs.getPath("/moved"));
      fs.remove(TreePath.of("/moved"));
      assertThat(fs.diff()).hasSize(1);
    }
  }
}
