// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that are put together from their leaves up. */
class TreeBuilderTest {
  private static final Metadata DIRECTORY = Metadata.of(0755, Trees.TIME);

  private final TreeBuilder builder = new TreeBuilder();

  /** Copies a directory of a tree into a builder, in an order of its own. */
  private TreeBuilder.Children copy(FileTree tree, TreePath at) {
    Map<String, Node> shuffled = new HashMap<>();
    ((Node.Directory) tree.node(at).orElseThrow()).forEach(shuffled::put);
    TreeBuilder.Children children = builder.children();
    for (Map.Entry<String, Node> child : shuffled.entrySet()) {
      TreePath path = at.resolve(child.getKey());
      OptionalLong link = tree.linkId(path);
      if (child.getValue() instanceof Node.Directory directory) {
        children.add(child.getKey(), directory.metadata(), copy(tree, path));
      } else if (link.isPresent()) {
        children.addLink(child.getKey(), link.getAsLong(), child.getValue());
      } else {
        children.add(child.getKey(), child.getValue());
      }
    }
    return children;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void isTheTreeThatEditsMake(long seed) throws IOException {
    FileTree expected = new RandomTrees(seed).tree(200);
    FileTree built = builder.build(expected.root().metadata(), copy(expected, TreePath.ROOT));
    assertThat(Trees.list(built)).isEqualTo(Trees.list(expected));
    assertThat(built.diff(expected)).isEmpty();
  }

  @Test
  void childrenAddedLaterArePutTogetherOnceWhenSomebodyLooks() {
    AtomicInteger calls = new AtomicInteger();
    TreeBuilder.Children root = builder.children();
    root.addLater(
        "d",
        DIRECTORY,
        () -> {
          calls.incrementAndGet();
          TreeBuilder.Children children = builder.children();
          children.add("g", Trees.fileNode("g"));
          children.add("f", Trees.fileNode("f"));
          return children;
        });
    FileTree tree = builder.build(DIRECTORY, root);

    assertThat(tree.node(TreePath.of("/d"))).isPresent();
    assertThat(calls).hasValue(0);
    assertThat(Trees.text((Node.File) tree.node(TreePath.of("/d/f")).orElseThrow())).isEqualTo("f");
    assertThat(tree.node(TreePath.of("/d/none"))).isEmpty();
    assertThat(((Node.Directory) tree.node(TreePath.of("/d")).orElseThrow()).size()).isEqualTo(2);
    assertThat(calls).hasValue(1);
  }

  @Test
  void childrenAddedLaterHaveNoLinks() {
    TreeBuilder.Children root = builder.children();
    root.addLater(
        "d",
        DIRECTORY,
        () -> {
          TreeBuilder.Children children = builder.children();
          children.addLink("f", "inode 1", Trees.fileNode("f"));
          return children;
        });
    FileTree tree = builder.build(DIRECTORY, root);

    assertThatThrownBy(() -> tree.node(TreePath.of("/d/f")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("d: expected no links");
  }

  @Test
  void largeDirectoriesAreSearchedAsOthersAre() {
    TreeBuilder.Children root = builder.children();
    for (int i = 999; i >= 0; i--) {
      root.add("f" + i, Trees.fileNode("" + i));
    }
    FileTree tree = builder.build(DIRECTORY, root);
    assertThat(tree.root().size()).isEqualTo(1000);
    assertThat(Trees.text((Node.File) tree.node(TreePath.of("/f77")).orElseThrow()))
        .isEqualTo("77");
  }

  @Test
  void namesOfOneInodeAreLinksWhereverTheyAre() {
    TreeBuilder.Children below = builder.children();
    below.addLink("second", "inode 7", Trees.fileNode("text"));
    TreeBuilder.Children root = builder.children();
    root.addLink("first", "inode 7", Trees.fileNode("text"));
    root.addLink("alone", "inode 8", Trees.fileNode("text"));
    root.add("d", DIRECTORY, below);
    FileTree tree = builder.build(DIRECTORY, root);
    assertThat(tree.linkId(TreePath.of("/first"))).isEqualTo(tree.linkId(TreePath.of("/d/second")));
    assertThat(tree.linkCount(TreePath.of("/first"))).isEqualTo(2);
    assertThat(tree.linkCount(TreePath.of("/alone"))).isEqualTo(1);
  }

  @Test
  void theLastUnderANameCounts() {
    TreeBuilder.Children root = builder.children();
    root.add("f", Trees.fileNode("old"));
    root.add("f", Trees.fileNode("new"));
    FileTree tree = builder.build(DIRECTORY, root);
    assertThat(tree.root().size()).isEqualTo(1);
    assertThat(Trees.text((Node.File) tree.node(TreePath.of("/f")).orElseThrow())).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\0b"})
  void whatNoFileIsCalledIsRefused(String name) {
    assertThatThrownBy(() -> builder.children().add(name, Trees.fileNode("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the name of a file");
  }

  @Test
  void aDirectoryIsAddedWithItsChildrenOnly() {
    Node full = Trees.tree(Trees.file("/d/f", "x")).node(TreePath.of("/d")).orElseThrow();
    TreeBuilder.Children children = builder.children();
    children.add("empty", Node.directory(DIRECTORY));
    assertThatThrownBy(() -> children.add("full", full))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without children");
    assertThatThrownBy(() -> children.addLink("d", 1, full))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one name only");
  }
}
