// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Changes as a tree do what the changes do one by one, and go where both trees have something. */
class UpperTreeTest {
  /** The same, with a tree that is read from its bytes. */
  private static UpperTree with(Stored tree, UpperTree upper) throws IOException {
    return new UpperTree(tree.read(), upper.removals(), upper.implied());
  }

  /** Asserts that both ways do the same, and returns whether there was the short one. */
  private static boolean assertSame(FileTree base, Changes changes, String what)
      throws IOException {
    Optional<UpperTree> upper = UpperTree.of(changes);
    if (upper.isEmpty()) {
      return false;
    }
    FileTree expected;
    try {
      expected = base.apply(changes);
    } catch (FileSystemException e) {
      assertThat(isLaidOver(upper.get(), base)).as("%s: %s", what, changes).isFalse();
      return false;
    }
    Optional<FileTree> found = upper.get().over(base);
    Optional<FileTree> read = with(new Stored(upper.get().tree()), upper.get()).over(base);
    assertThat(read.isPresent()).as(what).isEqualTo(found.isPresent());
    if (found.isEmpty()) {
      return false;
    }
    assertThat(Trees.list(found.get())).as("%s: %s", what, changes).isEqualTo(Trees.list(expected));
    assertThat(Trees.list(read.get())).as("%s: %s", what, changes).isEqualTo(Trees.list(expected));
    assertThat(found.get().diff(base)).as("%s: %s", what, changes).isEqualTo(expected.diff(base));
    return true;
  }

  private static boolean isLaidOver(UpperTree upper, FileTree base) throws IOException {
    try {
      return upper.over(base).isPresent();
    } catch (FileSystemException e) {
      return false;
    }
  }

  @Test
  void diffOfTwoTreesIsLaidOverTheFirst() throws IOException {
    int told = 0;
    for (long seed = 0; seed < 1_000; seed++) {
      RandomTrees random = new RandomTrees(seed);
      FileTree base = random.tree(30);
      FileTree next = random.edit(base, 20);
      told += assertSame(base, next.diff(base), "seed " + seed) ? 1 : 0;
    }
    assertThat(told).isGreaterThan(900);
  }

  @Test
  void changesInAnyOrderDoTheSameIfTheyCanBeToldAsATree() throws IOException {
    int told = 0;
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      RandomTrees trees = new RandomTrees(seed);
      FileTree base = trees.tree(15);
      Changes.Builder changes = Changes.builder();
      for (int i = random.nextInt(8); i >= 0; i--) {
        changes.add(change(random, trees));
      }
      told += assertSame(base, changes.build(), "seed " + seed) ? 1 : 0;
    }
    assertThat(told).isGreaterThan(200);
  }

  private static Change change(Random random, RandomTrees trees) {
    TreePath path = random.nextInt(30) == 0 ? TreePath.ROOT : trees.path();
    return switch (path.isRoot() ? 7 : random.nextInt(10)) {
      case 0, 1, 2 -> new Change.Put(path, Node.file(trees.metadata(), trees.content()));
      case 3 -> new Change.Put(path, Node.symlink(trees.metadata(), trees.path().toString()));
      case 4 -> new Change.Link(path, trees.path());
      case 5 -> new Change.Remove(path);
      case 6 -> new Change.Clear(path);
      default -> new Change.Put(path, Node.directory(trees.metadata()));
    };
  }

  @Test
  void whatGoesThroughALinkBelowIsNotLaidOver() throws IOException {
    FileTree base = Trees.tree(Trees.dir("/usr/lib"), Trees.symlink("/lib", "usr/lib"));
    UpperTree upper = UpperTree.of(Changes.of(Trees.file("/lib/x", "x"))).orElseThrow();
    assertThat(upper.over(base)).isEmpty();
    assertThat(upper.over(FileTree.empty())).isPresent();
    UpperTree put =
        UpperTree.of(Changes.of(Trees.dir("/lib"), Trees.file("/lib/x", "x"))).orElseThrow();
    assertThat(put.over(base).orElseThrow().node(TreePath.of("/usr/lib/x"))).isEmpty();
  }

  @Test
  void whatDependsOnItsOrderOrOnOthersIsNoTree() {
    assertThat(UpperTree.of(Changes.of(Trees.file("/d/x", "x"), Trees.dir("/d")))).isEmpty();
    assertThat(UpperTree.of(Changes.of(Trees.file("/d", "x"), Trees.dir("/d")))).isEmpty();
    assertThat(UpperTree.of(Changes.of(Trees.file("/d", "x"), Trees.file("/d", "y")))).isEmpty();
    assertThat(UpperTree.of(Changes.of(Trees.link("/d", "/below")))).isEmpty();
    assertThat(UpperTree.of(Changes.of(Trees.symlink("/l", "/d"), Trees.file("/l/x", "x"))))
        .isEmpty();
  }

  @Test
  void onlyDirectoriesThatBothHaveAreRead() throws IOException {
    for (int files : new int[] {1_000, 50_000}) {
      Changes.Builder changes = Changes.builder();
      changes.put(TreePath.of("/etc/passwd"), Trees.fileNode("upper"));
      for (int i = 0; i < files; i++) {
        changes.put(TreePath.of("/opt/d" + i / 100 + "/f" + i % 100), Trees.fileNode("x"));
      }
      FileTree base = Trees.tree(Trees.file("/etc/hosts", "lower"), Trees.dir("/opt"));
      UpperTree upper = UpperTree.of(changes.build()).orElseThrow();
      Stored stored = new Stored(upper.tree());
      FileTree tree = with(stored, upper).over(base).orElseThrow();
      assertThat(stored.filesRead).as("of %d files", files).isEqualTo(1);
      assertThat(tree.node(TreePath.of("/opt/d3/f4"))).isPresent();
      assertThat(tree.node(TreePath.of("/etc/hosts"))).isPresent();
      assertThat(stored.filesRead).as("of %d files", files).isLessThanOrEqualTo(1 + NameMap.WIDTH);
    }
  }
}
