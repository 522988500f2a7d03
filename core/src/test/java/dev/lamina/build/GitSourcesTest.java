// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ADD of Git repositories, from a server as they are elsewhere. */
class GitSourcesTest {
  private static final String SHOP = "shop.git";

  @TempDir static Path folder;
  private static GitServer server;
  private static LocalStore store;
  private static String first;

  @BeforeAll
  static void makeRepositories() throws Exception {
    server = new GitServer(folder.resolve("served"));
    store = LocalStore.open(folder.resolve("store"));
    server.git("part.git", "init", "-q", "-b", "main");
    Files.writeString(server.file("part.git", "part"), "part");
    server.git("part.git", "add", "-A");
    server.git("part.git", "commit", "-q", "-m", "part");

    server.git(SHOP, "init", "-q", "-b", "main");
    Files.writeString(server.file(SHOP, "name"), "one");
    Files.writeString(server.file(SHOP, "app/run"), "#!/bin/sh");
    Files.setPosixFilePermissions(
        server.file(SHOP, "app/run"), PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(server.file(SHOP, "app/link"), Path.of("run"));
    server.git(SHOP, "add", "-A");
    server.git(SHOP, "commit", "-q", "-m", "one");
    server.git(SHOP, "tag", "v1");
    server.git(SHOP, "tag", "-a", "annotated", "-m", "annotated");
    first = server.git(SHOP, "rev-parse", "HEAD");
    Files.writeString(server.file(SHOP, "name"), "two");
    server.git(SHOP, "submodule", "add", "-q", server.url("part.git"), "lib/part");
    server.git(SHOP, "commit", "-q", "-a", "-m", "two");
    server.git(SHOP, "checkout", "-q", "-b", "side/line");
    Files.writeString(server.file(SHOP, "name"), "side");
    server.git(SHOP, "commit", "-q", "-a", "-m", "side");
    server.git(SHOP, "checkout", "-q", "main");
  }

  @AfterAll
  static void stop() throws IOException {
    if (store != null) {
      store.close();
      server.close();
    }
  }

  private static FileTree build(String add) throws Exception {
    String text = add.replace("SHOP", server.url(SHOP)).replace("FIRST", first);
    return new DockerfileBuilder(store, new StoreImages(store))
        .build(BuildRequest.of(Dockerfile.parse("FROM scratch\n" + text)))
        .tree();
  }

  private static List<String> files(FileTree tree) {
    List<String> files = new ArrayList<>();
    tree.forEach(
        (path, node) -> {
          if (!(node instanceof Node.Directory) && !path.toString().contains("/.git/")) {
            files.add(path.toString());
          }
        });
    return files;
  }

  private static Node node(FileTree tree, String path) {
    return tree.node(TreePath.of(path)).orElseThrow(() -> new AssertionError(path));
  }

  private static String text(FileTree tree, String path) throws IOException {
    return new String(((Node.File) node(tree, path)).content().toByteArray(), UTF_8);
  }

  @Test
  void allFilesOfTheLastCommitAndItsSubmodules() throws Exception {
    FileTree tree = build("ADD SHOP /x/");
    assertThat(files(tree))
        .containsExactly(
            "/x/.gitmodules",
            "/x/app/link",
            "/x/app/run",
            "/x/lib/part/.git",
            "/x/lib/part/part",
            "/x/name");
    assertThat(text(tree, "/x/name")).isEqualTo("two");
    assertThat(text(tree, "/x/lib/part/part")).isEqualTo("part");
  }

  @ParameterizedTest
  @CsvSource({
    "SHOP#v1, one",
    "SHOP#annotated, one",
    "SHOP#main, two",
    "SHOP#side/line, side",
    "SHOP#refs/heads/side/line, side",
    "SHOP#refs/tags/v1, one",
    "SHOP#FIRST, one",
    "SHOP?tag=v1, one",
    "SHOP?branch=side/line, side",
    "SHOP?ref=v1, one",
  })
  void referencesAreThoseOfDocker(String source, String name) throws Exception {
    assertThat(text(build("ADD " + source + " /x/"), "/x/name")).isEqualTo(name);
  }

  @Test
  void aFolderOfItIsItsContents() throws Exception {
    assertThat(files(build("ADD SHOP#v1:app /x/"))).containsExactly("/x/link", "/x/run");
    assertThat(files(build("ADD SHOP?ref=v1&subdir=app /x/"))).containsExactly("/x/link", "/x/run");
    assertThat(files(build("ADD SHOP#v1:../../app/.. /x/"))).contains("/x/name");
  }

  @Test
  void aSubmoduleIsNoWayToTheHostsFiles() throws Exception {
    Path part = folder.resolve("served/part.git");
    server.git("sly.git", "init", "-q", "-b", "main");
    server.git("sly.git", "submodule", "add", "-q", part.toUri().toString(), "part");
    server.git("sly.git", "commit", "-q", "-m", "sly");
    assertThatThrownBy(() -> build("ADD " + server.url("sly.git") + " /x/"))
        .hasMessageContaining("transport 'file' not allowed");
  }

  @Test
  void modesAreGitsAndTimesTheCommits() throws Exception {
    FileTree tree = build("ADD SHOP#v1 /x/");
    assertThat(node(tree, "/x/name").mode()).isEqualTo(0644);
    assertThat(node(tree, "/x/app/run").mode()).isEqualTo(0755);
    assertThat(node(tree, "/x/app/link")).isInstanceOf(Node.Symlink.class);
    assertThat(node(tree, "/x/name").mtime()).isEqualTo(Instant.ofEpochSecond(1_000_000_000));
    assertThat(node(build("ADD --chown=5 --chmod=600 SHOP#v1 /x/"), "/x/name").uid()).isEqualTo(5);
  }

  @Test
  void theRepositoryItselfIsKeptIfAskedFor() throws Exception {
    assertThat(build("ADD SHOP#v1 /x/").node(TreePath.of("/x/.git"))).isEmpty();
    for (String add :
        List.of("ADD --keep-git-dir=true SHOP#v1 /x/", "ADD SHOP?ref=v1&keep-git-dir=true /x/")) {
      assertThat(text(build(add), "/x/.git/HEAD")).contains(first);
    }
    assertThatThrownBy(() -> build("ADD --keep-git-dir=false SHOP?keep-git-dir=true /x/"))
        .hasMessageContaining("inconsistent keep-git-dir configuration");
  }

  @Test
  void submodulesMayBeLeftOut() throws Exception {
    assertThat(files(build("ADD SHOP?submodules=false /x/"))).doesNotContain("/x/lib/part/part");
  }

  @Test
  void checksumIsOfTheCommit() throws Exception {
    String add = "ADD --checksum=" + first.substring(0, 10) + " SHOP#v1 /x/";
    assertThat(text(build(add), "/x/name")).isEqualTo("one");
    assertThatThrownBy(() -> build(add.replace("#v1", "#main")))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("expected commit " + first.substring(0, 10));
  }

  @ParameterizedTest
  @CsvSource({
    "SHOP#nope, nope",
    "SHOP#v1:nope, no directory nope",
    "SHOP#v1:name, no directory name",
  })
  void whatIsNotThereIsAnErrorOfItsLine(String source, String problem) {
    assertThatThrownBy(() -> build("ADD " + source + " /x/"))
        .isInstanceOfSatisfying(
            BuildException.class,
            e -> {
              assertThat(e).hasMessageContaining(problem);
              assertThat(e.line()).isEqualTo(2);
            });
  }
}
