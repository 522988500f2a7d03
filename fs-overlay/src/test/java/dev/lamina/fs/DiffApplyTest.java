// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiffApplyTest {
  @Test
  void applyingADiffGivesTheTreeItWasMadeOf() throws Exception {
    for (long seed = 0; seed < 800; seed++) {
      RandomTrees random = new RandomTrees(seed);
      FileTree base = random.tree(30);
      FileTree next = random.edit(base, 1 + new Random(seed).nextInt(20));
      assertThat(Trees.list(base.apply(next.diff(base))))
          .as("seed %d: %s", seed, next.diff(base))
          .isEqualTo(Trees.list(next));
    }
  }

  @Test
  void applyingADiffOfUnrelatedTreesGivesTheTreeItWasMadeOf() throws Exception {
    for (long seed = 0; seed < 600; seed++) {
      FileTree base = new RandomTrees(seed).tree(25);
      FileTree next = new RandomTrees(-seed - 1).tree(25);
      assertThat(Trees.list(base.apply(next.diff(base))))
          .as("seed %d: %s", seed, next.diff(base))
          .isEqualTo(Trees.list(next));
    }
  }

  /** Through links, and where one put takes away what an earlier one went through. */
  @Test
  void putsAndLinksDoTogetherWhatTheyDoOneByOne() throws Exception {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      RandomTrees trees = new RandomTrees(seed);
      FileTree base = trees.tree(10);
      FileTree oneByOne = base;
      Changes.Builder all = Changes.builder();
      TreePath last = TreePath.ROOT.resolve("a");
      for (int i = 0; i < 25; i++) {
        Change change = putOrLink(near(last, random, trees), random, trees);
        last = change instanceof Change.Link || change.path().depth() < 2 ? last : change.path();
        try {
          oneByOne = oneByOne.apply(Changes.of(change));
          all.add(change);
        } catch (FileSystemException e) {
          // A parent that is a file, a link to nothing: not one of the changes.
        }
      }
      Changes changes = all.build();
      assertThat(Trees.list(base.apply(changes)))
          .as("seed %d: %s", seed, changes)
          .isEqualTo(Trees.list(oneByOne));
    }
  }

  @Test
  void aPutMayCloseTheWayOfTheNext() {
    Changes changes =
        Changes.of(
            Trees.dir("/d/e"),
            Trees.symlink("/s", "/d/e/.."),
            Trees.file("/s/e", "no directory any more"),
            Trees.file("/s/f", "through e"));
    assertThatThrownBy(() -> FileTree.empty().apply(changes))
        .isInstanceOf(NotDirectoryException.class);
  }

  /** A path beside or above another, or anywhere. */
  private static TreePath near(TreePath last, Random random, RandomTrees trees) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> last.parent().resolve(trees.path().name());
      case 2 -> last.parent().isRoot() ? last : last.parent();
      default -> trees.path();
    };
  }

  private static Change putOrLink(TreePath path, Random random, RandomTrees trees) {
    return switch (random.nextInt(8)) {
      case 0 -> new Change.Put(path, Node.directory(trees.metadata()));
      case 1, 2 -> new Change.Put(path, Node.symlink(trees.metadata(), trees.path().toString()));
      case 3 -> new Change.Link(path, trees.path());
      default -> new Change.Put(path, Node.file(trees.metadata(), trees.content()));
    };
  }

  @Test
  void aLinkThatIsMadeAgainIsNotCountedAgain() throws Exception {
    FileTree tree = Trees.tree(Trees.file("/a", "a"), Trees.link("/b", "/a"));
    FileTree again = tree.apply(Changes.of(Trees.link("/b", "/a"), Trees.link("/a", "/b")));
    assertThat(again.linkCount(TreePath.of("/a"))).isEqualTo(2);
  }

  @Test
  void thereAreAsManyNamesAsAreCounted() throws Exception {
    for (long seed = 0; seed < 800; seed++) {
      FileTree tree = new RandomTrees(seed).tree(60);
      Map<Long, Integer> names = new HashMap<>();
      tree.forEach(
          (path, node) -> tree.linkId(path).ifPresent(id -> names.merge(id, 1, Integer::sum)));
      long number = seed;
      tree.forEach(
          (path, node) ->
              tree.linkId(path)
                  .ifPresent(
                      id ->
                          assertThat(tree.linkCount(path))
                              .as("seed %d: %s", number, path)
                              .isEqualTo(names.get(id))));
    }
  }

  @Test
  void equalTreesMadeApartHaveNoDiff() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      FileTree one = new RandomTrees(seed).tree(25);
      FileTree two = new RandomTrees(seed).tree(25);
      assertThat(two.diff(one)).as("seed %d", seed).isEmpty();
      assertThat(two.compare(one)).as("seed %d", seed).isEmpty();
    }
  }
}
