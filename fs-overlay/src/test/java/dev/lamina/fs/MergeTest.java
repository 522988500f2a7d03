// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static dev.lamina.fs.Trees.dir;
import static dev.lamina.fs.Trees.file;
import static dev.lamina.fs.Trees.link;
import static dev.lamina.fs.Trees.removed;
import static dev.lamina.fs.Trees.symlink;
import static dev.lamina.fs.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two changes of one tree made one. */
class MergeTest {
  private static final FileTree BASE =
      tree(
          dir("/etc"),
          file("/etc/hosts", "localhost"),
          file("/etc/passwd", "root"),
          dir("/etc/d"),
          file("/etc/d/x", "x"),
          file("/one", "1"),
          link("/two", "/one"));

  private static Change mode(String path, int mode) {
    Node node = BASE.node(TreePath.of(path)).orElseThrow();
    return new Change.Put(TreePath.of(path), node.withMetadata(node.metadata().withMode(mode)));
  }

  private static Changes changes(Change... changes) {
    return Changes.of(changes);
  }

  static Stream<Arguments> conflicts() {
    return Stream.of(
        row("nothing and nothing", changes(), changes()),
        row("one side only", changes(file("/etc/hosts", "a")), changes()),
        row("two files", changes(file("/etc/hosts", "a")), changes(file("/etc/passwd", "b"))),
        row("the same twice", changes(file("/etc/hosts", "a")), changes(file("/etc/hosts", "a"))),
        row("both remove", changes(removed("/etc/d")), changes(removed("/etc/d"))),
        row(
            "one removes in what the other removes",
            changes(removed("/etc/d")),
            changes(removed("/etc/d/x"))),
        row(
            "content here, mode there",
            changes(file("/etc/hosts", "a")),
            changes(mode("/etc/hosts", 0600))),
        row("both add a directory", changes(dir("/n"), file("/n/a", "a")), changes(dir("/n"))),
        row(
            "a new file in a changed directory",
            changes(mode("/etc", 0700)),
            changes(file("/etc/n", ""))),
        row(
            "both add the same link",
            changes(link("/three", "/one")),
            changes(link("/three", "/one"))),
        row(
            "two contents",
            changes(file("/etc/hosts", "a")),
            changes(file("/etc/hosts", "b")),
            "BOTH_CHANGED /etc/hosts"),
        row(
            "two modes",
            changes(mode("/etc/hosts", 0600)),
            changes(mode("/etc/hosts", 0640)),
            "BOTH_CHANGED_ATTRIBUTES /etc/hosts"),
        row(
            "two modes of a directory, whose children go together",
            changes(mode("/etc", 0700), file("/etc/a", "a")),
            changes(mode("/etc", 0750), file("/etc/b", "b")),
            "BOTH_CHANGED_ATTRIBUTES /etc"),
        row("two new files", changes(file("/n", "a")), changes(file("/n", "b")), "BOTH_ADDED /n"),
        row(
            "a file and a directory",
            changes(file("/n", "a")),
            changes(dir("/n"), file("/n/x", "")),
            "BOTH_ADDED /n"),
        row(
            "a changed and a removed file",
            changes(file("/etc/hosts", "a")),
            changes(removed("/etc/hosts")),
            "CHANGED_AND_DELETED /etc/hosts"),
        row(
            "a change in a removed directory",
            changes(file("/etc/d/x", "a"), file("/etc/d/y", "b")),
            changes(removed("/etc/d")),
            "CHANGED_AND_DELETED /etc/d"),
        row(
            "a new file in a removed directory",
            changes(file("/etc/d/y", "b")),
            changes(removed("/etc")),
            "CHANGED_AND_DELETED /etc"),
        row(
            "a change in a directory that became a link",
            changes(file("/etc/d/x", "a")),
            changes(removed("/etc/d"), symlink("/etc/d", "/one")),
            "CHANGED_AND_DELETED /etc/d"),
        row(
            "a file that became a directory and changed",
            changes(file("/etc/hosts", "a")),
            changes(dir("/etc/hosts"), file("/etc/hosts/x", "")),
            "BOTH_CHANGED /etc/hosts"),
        row(
            "two contents of a file with two names",
            changes(file("/one", "a"), link("/two", "/one")),
            changes(file("/one", "b"), link("/two", "/one")),
            "BOTH_CHANGED /one",
            "BOTH_CHANGED /two"),
        row(
            "a new name of what the other changed",
            changes(link("/three", "/one")),
            changes(file("/one", "b"), link("/two", "/one")),
            "BOTH_CHANGED /one",
            "BOTH_CHANGED /two"));
  }

  private static Arguments row(String name, Changes ours, Changes theirs, String... conflicts) {
    return Arguments.of(name, ours, theirs, List.of(conflicts));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conflicts")
  void whatDoesNotGoTogetherIsListed(
      String name, Changes ours, Changes theirs, List<String> conflicts) throws IOException {
    Merge merge = Merge.of(BASE, ours, theirs);
    assertThat(merge.conflicts().stream().map(Object::toString).toList()).isEqualTo(conflicts);
    Merge other = Merge.of(BASE, theirs, ours);
    assertThat(other.conflicts()).hasSameSizeAs(merge.conflicts());
    if (merge.isClean()) {
      assertThat(Trees.list(other.tree())).isEqualTo(Trees.list(merge.tree()));
    }
  }

  @Test
  void contentAndAttributesComeFromTheSideThatChangedThem() throws IOException {
    Merge merge =
        Merge.of(BASE, changes(file("/etc/hosts", "changed")), changes(mode("/etc/hosts", 0600)));
    Node.File hosts = (Node.File) merge.tree().node(TreePath.of("/etc/hosts")).orElseThrow();
    assertThat(Trees.text(hosts)).isEqualTo("changed");
    assertThat(hosts.mode()).isEqualTo(0600);
  }

  @Test
  void inAConflictOursCounts() throws IOException {
    Merge merge =
        Merge.of(
            BASE,
            changes(file("/etc/hosts", "ours"), file("/a", "a")),
            changes(file("/etc/hosts", "theirs"), file("/b", "b")));
    assertThat(Trees.list(merge.tree())).contains("ours").doesNotContain("theirs");
    assertThat(merge.tree().node(TreePath.of("/b"))).isPresent();
    Merge.Conflict conflict = merge.conflicts().get(0);
    assertThat(Trees.text((Node.File) conflict.base().orElseThrow())).isEqualTo("localhost");
    assertThat(Trees.text((Node.File) conflict.ours().orElseThrow())).isEqualTo("ours");
    assertThat(Trees.text((Node.File) conflict.theirs().orElseThrow())).isEqualTo("theirs");
  }

  @Test
  void namesOfOneInodeStayTogether() throws IOException {
    Changes theirs = changes(file("/one", "new"), link("/two", "/one"), link("/etc/3", "/one"));
    Merge merge = Merge.of(BASE, changes(file("/etc/hosts", "a")), theirs);
    assertThat(merge.tree().linkCount(TreePath.of("/etc/3"))).isEqualTo(3);
    assertThat(merge.isClean()).isTrue();
  }

  @Test
  void mergingWithNothingChangesNothing() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      FileTree base = new RandomTrees(seed).tree(25);
      FileTree next = new RandomTrees(-seed - 1).edit(base, 12);
      for (Merge merge :
          List.of(
              Merge.of(base, next, base), Merge.of(base, base, next), Merge.of(base, next, next))) {
        assertThat(merge.conflicts()).as("seed %d", seed).isEmpty();
        assertThat(Trees.list(merge.tree())).as("seed %d", seed).isEqualTo(Trees.list(next));
      }
    }
  }

  @Test
  void withoutConflictsTheSidesCanBeSwapped() throws IOException {
    int clean = 0;
    for (long seed = 0; seed < 600; seed++) {
      FileTree base = new RandomTrees(seed).tree(25);
      Random edits = new Random(seed);
      FileTree ours = new RandomTrees(seed + 10_000).edit(base, 1 + edits.nextInt(4));
      FileTree theirs = new RandomTrees(seed + 20_000).edit(base, 1 + edits.nextInt(4));
      Merge one = Merge.of(base, ours, theirs);
      Merge two = Merge.of(base, theirs, ours);
      assertThat(one.isClean())
          .as("seed %d: %s, %s", seed, one.conflicts(), two.conflicts())
          .isEqualTo(two.isClean());
      if (one.isClean()) {
        clean++;
        assertThat(Trees.list(one.tree())).as("seed %d", seed).isEqualTo(Trees.list(two.tree()));
      }
    }
    assertThat(clean).isBetween(100, 599);
  }

  /** Nobody's change is lost without a conflict that says so. */
  @Test
  void everyChangeIsInTheTreeOrInAConflict() throws IOException {
    for (long seed = 0; seed < 600; seed++) {
      FileTree base = new RandomTrees(seed).tree(25);
      FileTree ours = new RandomTrees(seed + 10_000).edit(base, 5);
      FileTree theirs = new RandomTrees(seed + 20_000).edit(base, 5);
      Merge merge = Merge.of(base, ours, theirs);
      Set<TreePath> conflicts = new HashSet<>();
      merge.conflicts().forEach(conflict -> conflicts.add(conflict.path()));
      for (Change change : theirs.diff(base)) {
        TreePath path = change.path();
        if (change instanceof Change.Remove && !isTold(path, conflicts)) {
          assertThat(merge.tree().node(path)).as("seed %d: %s", seed, change).isEmpty();
        } else if (!isTold(path, conflicts)
            && theirs.node(path).orElseThrow() instanceof Node.File file) {
          Node.File merged = (Node.File) merge.tree().node(path).orElseThrow();
          boolean content =
              !base.node(path)
                  .map(Trees::contentOf)
                  .equals(theirs.node(path).map(Trees::contentOf));
          if (content) {
            assertThat(Trees.text(merged))
                .as("seed %d: %s", seed, change)
                .isEqualTo(Trees.text(file));
          }
        }
      }
    }
  }

  private static boolean isTold(TreePath path, Set<TreePath> conflicts) {
    for (TreePath p = path; !p.isRoot(); p = p.parent()) {
      if (conflicts.contains(p)) {
        return true;
      }
    }
    return conflicts.contains(TreePath.ROOT);
  }
}
