// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static dev.lamina.fs.Trees.dir;
import static dev.lamina.fs.Trees.file;
import static dev.lamina.fs.Trees.link;
import static dev.lamina.fs.Trees.removed;
import static dev.lamina.fs.Trees.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which layer gave what. */
class LayerStackTest {
  private static Change mode(String path, String text, int mode) {
    Node node = Trees.fileNode(text);
    return new Change.Put(TreePath.of(path), node.withMetadata(node.metadata().withMode(mode)));
  }

  private static LayerStack stack() throws IOException {
    return LayerStack.over(Trees.tree(dir("/etc"), file("/etc/hosts", "h"), file("/etc/base", "b")))
        .with(Changes.of(file("/etc/passwd", "1"), dir("/srv"), file("/srv/one", "1")))
        .with(Changes.of(mode("/etc/passwd", "1", 0600), link("/srv/two", "/srv/one")))
        .with(
            Changes.of(
                mode("/etc/passwd", "2", 0600),
                file("/etc/hosts", "h"),
                removed("/etc/base"),
                symlink("/l", "/etc")))
        .with(Changes.of(file("/etc/base", "b"), dir("/srv", 0700)));
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, 3, 2", // its bytes are of the third layer, its mode of the second
    "/etc/hosts, 0, 0", // put again as it was
    "/etc/base, 4, 4", // removed and made again
    "/srv, 1, 4",
    "/srv/one, 1, 1",
    "/srv/two, 2, 2",
    "/l, 3, 3",
    "/l/passwd, 3, 2",
    "/, 0, 0"
  })
  void theLayerIsTheLastThatChangedIt(String path, int content, int attributes) throws IOException {
    LayerStack.Blame blame = stack().blame(TreePath.of(path)).orElseThrow();
    assertThat(blame.content()).isEqualTo(content);
    assertThat(blame.attributes()).isEqualTo(attributes);
  }

  @Test
  void pathsAreThoseWithoutLinks() throws IOException {
    assertThat(stack().blame(TreePath.of("/l/passwd")).orElseThrow().path())
        .hasToString("/etc/passwd");
  }

  @Test
  void nobodyIsBlamedForNothing() throws IOException {
    assertThat(stack().blame(TreePath.of("/etc/no"))).isEmpty();
    assertThat(stack().blame(TreePath.of("/etc/hosts/x"))).isEmpty();
  }

  @Test
  void everyTreeOnTheWayIsKept() throws IOException {
    LayerStack stack = stack();
    assertThat(stack.size()).isEqualTo(4);
    assertThat(stack.tree(3).node(TreePath.of("/etc/base"))).isEmpty();
    assertThat(stack.tree(4)).isSameAs(stack.tree());
    assertThat(stack.tree(0).size()).isEqualTo(4);
  }

  @Test
  void itAgreesWithTheDiffs() throws IOException {
    for (long seed = 0; seed < 150; seed++) {
      LayerStack stack = LayerStack.over(new RandomTrees(seed).tree(15));
      for (int layer = 1; layer <= 5; layer++) {
        stack = stack.with(new RandomTrees(seed * 10 + layer).edit(stack.tree(), 6));
      }
      LayerStack all = stack;
      long number = seed;
      all.tree()
          .forEach(
              (path, node) -> {
                LayerStack.Blame blame = all.blame(path).orElseThrow();
                int last = Math.max(blame.content(), blame.attributes());
                for (int layer = last + 1; layer <= 5; layer++) {
                  Node before = all.tree(layer - 1).node(path).orElseThrow();
                  assertThat(describe(before)).as("%d: %s", number, path).isEqualTo(describe(node));
                }
                if (last > 0) {
                  assertThat(all.tree(last - 1).node(path).map(LayerStackTest::describe))
                      .as("%d: %s", number, path)
                      .isNotEqualTo(java.util.Optional.of(describe(node)));
                }
              });
    }
  }

  private static String describe(Node node) {
    Instant time = node.mtime();
    String content = node instanceof Node.File file ? Trees.text(file) : "";
    return node + " " + time + " " + node.xattrs() + content;
  }
}
