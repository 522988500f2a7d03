// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is taken out of a container, which a folder stands for here: a script answers {@code cp} and
 * {@code export} by tar, and {@code diff} by what a test wrote down.
 */
class ContainerFilesTest {
  private static final Instant OLD = Instant.parse("2024-01-02T03:04:05.678Z");

  @TempDir Path folder;
  private Path root;
  private FileTree before;

  @BeforeEach
  void containerHasFiles() throws IOException {
    root = Files.createDirectories(folder.resolve("root/etc")).getParent();
    file("etc/hosts", "hosts");
    file("etc/issue", "issue");
    file("etc/motd", "hello");
    Files.setLastModifiedTime(root.resolve("etc"), FileTime.from(OLD));
    before = FileTree.ofFolder(root);
  }

  private void file(String name, String text) throws IOException {
    Path file = Files.writeString(root.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(OLD));
  }

  private Changes changes(String... diff) throws IOException {
    return of("docker", diff).changes();
  }

  private ContainerFiles of(String name, String... diff) throws IOException {
    Files.write(folder.resolve("diff"), List.of(diff));
    String script =
        """
        cd "$0"
        echo "$1" >>log
        case $1 in
        diff) cat diff ;;
        cp) at=root${2#*:}; exec tar -C "${at%/*}" -c --format=gnu "${at##*/}" ;;
        export) exec tar -C root -c --format=gnu --sort=name . ;;
        esac
        """;
    List<String> command = List.of("sh", "-c", script.replace("$0", folder.toString()), name);
    ServiceProgram program = new ServiceProgram(command);
    return new ContainerFiles(program, "box", before, folder.resolve("spool"));
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve("log"));
  }

  private static List<String> paths(Changes changes) {
    return changes.stream().map(change -> change.path().toString()).toList();
  }

  @Test
  void noDifferenceCopiesNothing() throws IOException {
    assertThat(changes()).isEqualTo(Changes.none());
    assertThat(log()).containsExactly("diff");
  }

  @Test
  void fewChangesAreCopiedOneByOne() throws IOException {
    Files.createDirectories(root.resolve("opt/d"));
    Files.writeString(root.resolve("opt/d/f"), "new");
    Files.writeString(root.resolve("etc/motd"), "changed");
    Files.delete(root.resolve("etc/issue"));

    Changes changes =
        changes("A /opt", "A /opt/d", "A /opt/d/f", "C /etc", "C /etc/motd", "D /etc/issue");

    assertThat(log()).containsExactly("diff", "cp", "cp", "cp");
    assertThat(paths(changes))
        .containsExactly("/etc/issue", "/etc", "/etc/motd", "/opt", "/opt/d", "/opt/d/f");
    FileTree after = before.apply(changes);
    assertThat(text(after, "/opt/d/f")).isEqualTo("new");
    assertThat(text(after, "/etc/motd")).isEqualTo("changed");
    assertThat(text(after, "/etc/hosts")).isEqualTo("hosts");
  }

  private static String text(FileTree tree, String path) throws IOException {
    Node.File file = (Node.File) tree.node(TreePath.of(path)).orElseThrow();
    return new String(file.content().toByteArray(), UTF_8);
  }

  @Test
  void whatIsAsItWasKeepsItsNanoseconds() throws IOException {
    Changes changes = changes("C /etc", "C /etc/hosts");

    assertThat(before.apply(changes).diff(before)).isEqualTo(Changes.none());
  }

  @Test
  void manyChangesAreOneExport() throws IOException {
    String[] diff = new String[20];
    for (int i = 0; i < diff.length; i++) {
      Files.writeString(root.resolve("f" + i), "text " + i);
      diff[i] = "A /f" + i;
    }

    Changes changes = changes(diff);

    assertThat(log()).containsExactly("diff", "export");
    assertThat(changes).hasSize(20);
    assertThat(text(before.apply(changes), "/f7")).isEqualTo("text 7");
  }

  @Test
  void fileThatLooksLikeAnotherMayBeALink() throws IOException {
    Files.createLink(root.resolve("etc/a"), root.resolve("etc/hosts"));
    Files.createLink(root.resolve("etc/z"), root.resolve("etc/hosts"));

    Changes changes = changes("C /etc", "A /etc/a", "A /etc/z");

    assertThat(log()).contains("export");
    FileTree after = before.apply(changes);
    assertThat(after.linkCount(TreePath.of("/etc/hosts"))).isEqualTo(3);
    assertThat(paths(after.diff(before))).containsOnlyOnce("/etc/a", "/etc/z");
  }

  @Test
  void namesOfANewFileAreOneFile() throws IOException {
    Files.writeString(root.resolve("a"), "both");
    Files.createLink(root.resolve("b"), root.resolve("a"));

    Changes changes = changes("A /a", "A /b");

    assertThat(changes.asList().get(1))
        .isEqualTo(new Change.Link(TreePath.of("/b"), TreePath.of("/a")));
  }

  @Test
  void directoryThatHidesWhatItHadIsEmpty() throws IOException {
    Files.delete(root.resolve("etc/hosts"));
    Files.delete(root.resolve("etc/issue"));
    Files.delete(root.resolve("etc/motd"));

    Changes changes = changes("C /etc", "A /\uFFFD");

    assertThat(paths(before.apply(changes).diff(before)))
        .contains("/etc/hosts", "/etc/issue", "/etc/motd");
  }

  @Test
  void directoryThatPodmanCallsRemovedMayHaveBeenMadeAnew() throws IOException {
    for (String name : List.of("hosts", "issue", "motd")) {
      Files.delete(root.resolve("etc").resolve(name));
    }

    FileTree after = before.apply(of("podman", "D /etc").changes());

    assertThat(after.subtree(TreePath.of("/etc")).root().size()).isZero();
  }

  @Test
  void directoryThatPodmanCallsRemovedMayBeGone() throws IOException {
    for (String name : List.of("hosts", "issue", "motd", "")) {
      Files.delete(root.resolve("etc").resolve(name));
    }

    FileTree after = before.apply(of("podman", "D /etc").changes());

    assertThat(log()).containsExactly("diff", "cp");
    assertThat(after.node(TreePath.of("/etc"))).isEmpty();
  }

  @Test
  void whatPodmanMountedIsNotCopied() throws IOException {
    Files.writeString(root.resolve("f"), "text");

    Changes changes = of("podman", "A /f").changesBelowMounts();

    assertThat(log()).containsExactly("diff", "export");
    assertThat(paths(changes)).containsExactly("/f");
  }

  @Test
  void failureIsTheServices() {
    ServiceProgram program =
        new ServiceProgram(
            List.of("sh", "-c", "[ $0 = diff ] && echo 'A /f' || { echo gone >&2; exit 1; }"));

    assertThatThrownBy(
            () -> new ContainerFiles(program, "box", before, folder.resolve("spool")).changes())
        .isInstanceOf(RunException.class)
        .hasMessageContaining("cp: expected exit code 0, found 1: gone");
  }
}
