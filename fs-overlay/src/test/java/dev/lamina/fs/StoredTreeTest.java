// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A tree read from its bytes is the tree that was written, and only what is looked at is read. */
class StoredTreeTest {
  /** Files, a hundred in a directory. */
  private static FileTree large(int files) throws IOException {
    Changes.Builder changes = Changes.builder();
    for (int i = 0; i < files; i++) {
      changes.put(TreePath.of("/d" + i / 100 + "/f" + i % 100), Trees.fileNode("" + i % 7));
    }
    return FileTree.empty().apply(changes.build());
  }

  /** One directory of many files. */
  private static FileTree flat(int files) throws IOException {
    Changes.Builder changes = Changes.builder();
    for (int i = 0; i < files; i++) {
      changes.put(TreePath.of("/d/f" + i), Trees.fileNode("" + i % 7));
    }
    return FileTree.empty().apply(changes.build());
  }

  @Test
  void everyKindOfNodeComesBack() throws IOException {
    Metadata special =
        new Metadata(
            07755,
            4_294_967_295L,
            4_294_967_294L,
            Instant.ofEpochSecond(-5, 999_999_999),
            Xattrs.empty().with("user.\udc80", new byte[0]).with("security.x", new byte[70_000]));
    FileTree tree =
        FileTree.empty()
            .apply(
                Changes.builder()
                    .put(TreePath.ROOT, Node.directory(special))
                    .put(TreePath.of("/\udc80\u20ac"), Node.directory(special))
                    .put(TreePath.of("/empty"), Node.file(special, Content.empty()))
                    .put(TreePath.of("/link"), Node.symlink(special, "../\udcff"))
                    .put(TreePath.of("/fifo"), Node.fifo(special))
                    .put(TreePath.of("/socket"), Node.socket(special))
                    .put(TreePath.of("/b"), Node.device(special, true, 8, 1 << 19))
                    .put(TreePath.of("/c"), Node.device(special, false, 1 << 11, 3))
                    .link(TreePath.of("/z/c"), TreePath.of("/c"))
                    .build());
    FileTree same = new Stored(tree).read();
    assertThat(Trees.list(same)).isEqualTo(Trees.list(tree));
    assertThat(same.root()).isEqualTo(tree.root());
    assertThat(same.size()).isEqualTo(tree.size());
  }

  @Test
  void emptyTreeComesBack() throws IOException {
    assertThat(new Stored(FileTree.empty()).read().root()).isEqualTo(FileTree.empty().root());
  }

  @Test
  void anyTreeComesBackAndIsEditedLikeTheOneThatWasWritten() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      FileTree tree = new RandomTrees(seed).tree(60);
      Stored stored = new Stored(tree);
      FileTree read = stored.read();
      FileTree edited = new RandomTrees(-seed).edit(read, 20); // before anything else is read
      FileTree expected = new RandomTrees(-seed).edit(tree, 20);
      assertThat(Trees.list(edited)).as("seed %d", seed).isEqualTo(Trees.list(expected));
      assertThat(edited.diff(read)).as("seed %d", seed).isEqualTo(expected.diff(tree));
      assertThat(edited.compare(read)).as("seed %d", seed).isEqualTo(expected.compare(tree));
      assertThat(Trees.list(read)).as("seed %d", seed).isEqualTo(Trees.list(tree));
      assertThat(read.diff(tree)).as("seed %d", seed).isEmpty();
      assertThat(new Stored(read).bytes).as("seed %d", seed).isEqualTo(stored.bytes);
    }
  }

  @Test
  void largeDirectoryIsEditedInParts() throws IOException {
    for (int files : new int[] {32, 33, 1_024, 1_025, 5_000}) {
      FileTree tree = flat(files);
      FileTree read = new Stored(tree).read();
      Changes.Builder changes = Changes.builder();
      for (int i = 0; i < files; i += 3) {
        changes.remove(TreePath.of("/d/f" + i)).put(TreePath.of("/d/g" + i), Trees.fileNode("g"));
      }
      FileTree edited = read.apply(changes.build());
      assertThat(Trees.list(edited)).isEqualTo(Trees.list(tree.apply(changes.build())));
      assertThat(edited.diff(read)).isEqualTo(tree.apply(changes.build()).diff(tree));
      FileTree none = read;
      for (int i = 0; i < files; i++) {
        none = none.apply(Changes.of(new Change.Remove(TreePath.of("/d/f" + i))));
      }
      assertThat(none.size()).isEqualTo(2);
    }
  }

  @Test
  void damageAnywhereIsFoundAndMended() throws IOException {
    FileTree tree = new RandomTrees(7).tree(60);
    Stored stored = new Stored(tree);
    for (int i = 0; i < stored.bytes.length; i++) {
      byte[] damaged = stored.bytes.clone();
      damaged[i] ^= 0x10;
      stored.repairs = 0;
      Optional<FileTree> read = stored.read(damaged);
      if (read.isPresent()) {
        assertThat(Trees.list(read.get())).as("byte %d", i).isEqualTo(Trees.list(tree));
        assertThat(stored.repairs).as("byte %d", i).isEqualTo(1);
      } else {
        assertThat(i).as("a byte of the end").isGreaterThan(stored.bytes.length - 80);
      }
    }
  }

  @Test
  void truncatedBytesAreNoTree() throws IOException {
    Stored stored = new Stored(large(10));
    for (int length = 0; length < stored.bytes.length; length++) {
      assertThat(stored.read(Arrays.copyOf(stored.bytes, length))).isEmpty();
    }
  }

  @Test
  void damageThatCannotBeMendedIsToldToWhoGoesThere() throws IOException {
    Stored stored = new Stored(large(10_000));
    byte[] damaged = stored.bytes.clone();
    damaged[100] ^= 1; // of the first files that were written
    FileTree tree =
        StoredTree.read(
                Content.of(damaged),
                stored::content,
                () -> {
                  throw new IOException("no space left");
                })
            .orElseThrow()
            .tree();
    assertThat(tree.node(TreePath.of("/d99/f99"))).isPresent();
    assertThatThrownBy(() -> tree.node(TreePath.of("/d0/f0")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no space left");
  }

  @Test
  void lookUpReadsNoMoreOfALargeTree() throws IOException {
    for (int files : new int[] {1_000, 100_000}) {
      Stored stored = new Stored(large(files));
      FileTree tree = stored.read();
      assertThat(tree.size()).isGreaterThan(files);
      assertThat(tree.root().size()).isEqualTo(files / 100);
      assertThat(stored.filesRead).as("to open it").isZero();
      assertThat(tree.node(TreePath.of("/d7/f42"))).isPresent();
      assertThat(stored.filesRead).as("to find a file").isLessThanOrEqualTo(NameMap.WIDTH);
    }
  }

  @Test
  void lookUpReadsAPartOfALargeDirectory() throws IOException {
    Stored stored = new Stored(flat(50_000));
    assertThat(stored.read().node(TreePath.of("/d/f4711"))).isPresent();
    assertThat(stored.filesRead).isLessThanOrEqualTo(NameMap.WIDTH);
  }

  @Test
  void changeAndItsDiffReadWhatTheyTouch() throws IOException {
    for (int files : new int[] {1_000, 100_000}) {
      Stored stored = new Stored(large(files));
      FileTree base = stored.read();
      FileTree next =
          base.apply(Changes.of(new Change.Put(TreePath.of("/d7/f42"), Trees.fileNode("new"))));
      assertThat(next.diff(base)).hasSize(1);
      assertThat(next.compare(base)).hasSize(2);
      try (OverlayFileSystem fs = OverlayFileSystem.over(base)) {
        Files.writeString(fs.getPath("/d3/new"), "new");
        Files.delete(fs.getPath("/d3/f5"));
        assertThat(fs.diff()).isNotEmpty();
      }
      assertThat(stored.filesRead).as("of %d", files).isLessThanOrEqualTo(2 * 100);
    }
  }

  @Test
  void everybodySeesTheSameNodes() throws Exception {
    FileTree tree = new Stored(large(10_000)).read();
    List<Callable<List<Node>>> walks =
        Collections.nCopies(
            4,
            () -> {
              List<Node> nodes = new ArrayList<>();
              tree.forEach((path, node) -> nodes.add(node));
              nodes.removeIf(node -> !(node instanceof Node.File));
              return nodes;
            });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Future<List<Node>> walk : threads.invokeAll(walks)) {
        seen.addAll(walk.get());
      }
      assertThat(seen).hasSize(10_000);
    } finally {
      threads.shutdown();
    }
  }
}
