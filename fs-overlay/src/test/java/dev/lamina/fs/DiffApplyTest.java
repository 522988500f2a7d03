// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;

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
