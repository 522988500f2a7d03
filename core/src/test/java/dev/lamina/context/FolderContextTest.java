// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a folder shows a build. */
class FolderContextTest {
  @TempDir Path folder;

  private void file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, path);
  }

  private void link(String path, String target) throws IOException {
    Path link = folder.resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private List<String> paths(String... needed) throws Exception {
    return paths(BuildContext.folder(folder).tree(new TreeSet<>(List.of(needed))));
  }

  private static List<String> paths(FileTree tree) {
    List<String> paths = new ArrayList<>();
    tree.forEach(
        (path, node) -> {
          if (!path.isRoot()) {
            paths.add(path.toString());
          }
        });
    return paths;
  }

  @Test
  void onlyWhatIsNeededIsShown() throws Exception {
    file("src/a/A.java");
    file("src/b.txt");
    file("other/c");
    assertThat(paths("/src/a")).containsExactly("/src", "/src/a", "/src/a/A.java");
    assertThat(paths("/src/*.txt")).containsExactly("/src", "/src/b.txt");
    assertThat(paths("/nothing")).isEmpty();
    assertThat(paths("/")).contains("/other/c");
  }

  @Test
  void linksOnTheWayAreFollowedInside() throws Exception {
    file("real/dir/f");
    file("outside-looks-like-this/f");
    link("direct", "real/dir");
    link("absolute", "/real");
    link("climbing", "../../../real");
    link("loop", "loop");
    link("growing", "growing/more");
    assertThat(paths("/direct/f")).containsExactly("/direct", "/real", "/real/dir", "/real/dir/f");
    assertThat(paths("/absolute/dir/f")).contains("/absolute", "/real/dir/f");
    assertThat(paths("/climbing/dir/f")).contains("/climbing", "/real/dir/f");
    assertThat(paths("/loop/x")).containsExactly("/loop");
    assertThat(paths("/growing/x")).containsExactly("/growing");
  }

  @Test
  void anIgnoredDirectoryIsNotEntered() throws Exception {
    file("kept/f");
    file("node_modules/x/f");
    file(".dockerignore");
    Files.writeString(folder.resolve(".dockerignore"), "node_modules\n");
    // A directory that can't be listed fails a scan that enters it, whoever runs it: it is no
    // directory any more when it is opened.
    assertThat(paths("/")).containsExactly("/.dockerignore", "/kept", "/kept/f");
    HostEntry root = HostEntry.root(folder, Dockerignore.parse("node_modules\n").root());
    assertThat(root.childOrNull("node_modules")).isNull();
  }

  @Test
  void whatIsTakenInAgainIsFoundInItsDirectories() throws Exception {
    file("target/classes/A.class");
    file("target/app.jar");
    file("target/empty/x");
    Files.writeString(folder.resolve(".dockerignore"), "target\n.dockerignore\n!target/*.jar\n");
    assertThat(paths("/")).containsExactly("/target", "/target/app.jar");
    assertThat(paths("/target/classes")).isEmpty();
  }

  @Test
  void namesAreBytes() throws Exception {
    file("Grüße/日本");
    assertThat(paths("/Grüße/日本")).containsExactly("/Grüße", "/Grüße/日本");
    assertThat(paths("/Gr*/*")).containsExactly("/Grüße", "/Grüße/日本");
  }

  @Test
  void hardLinksAreKeptAmongWhatIsNeeded() throws Exception {
    file("b/first");
    Files.createDirectories(folder.resolve("a"));
    Files.createLink(folder.resolve("a/second"), folder.resolve("b/first"));
    FileTree tree = BuildContext.folder(folder).tree(Set.of("/a", "/b"));
    assertThat(tree.linkCount(TreePath.of("/a/second"))).isEqualTo(2);
    tree = BuildContext.folder(folder).tree(Set.of("/a"));
    assertThat(tree.linkCount(TreePath.of("/a/second"))).isEqualTo(1);
  }

  @Test
  void aSocketIsAnEmptyFileAsDockerSendsIt() throws Exception {
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      ServerSocketChannel unused =
          socket.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
      FileTree tree = BuildContext.folder(folder).tree(Set.of("/"));
      assertThat(tree.node(TreePath.of("socket")))
          .containsInstanceOf(Node.File.class)
          .hasValueSatisfying(node -> assertThat(((Node.File) node).content().size()).isEqualTo(0));
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsAnError() throws Exception {
    file("f");
    FileTree tree = BuildContext.folder(folder).tree(Set.of("/"));
    Content content = ((Node.File) tree.node(TreePath.of("/f")).orElseThrow()).content();
    assertThat(content.toByteArray()).hasSize(1);
    Files.writeString(folder.resolve("f"), "g");
    Files.setLastModifiedTime(folder.resolve("f"), FileTime.from(Instant.ofEpochSecond(9)));
    assertThatThrownBy(() -> content.newInputStream().readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found it changed");
    assertThatThrownBy(() -> content.read(0, ByteBuffer.allocate(9)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found it changed");
  }

  @Test
  void aFolderThatIsALinkIsTheFolderItLeadsTo() throws Exception {
    file("real/f");
    link("alias", "real");
    assertThat(paths(BuildContext.folder(folder.resolve("alias")).tree(Set.of("/"))))
        .containsExactly("/f");
  }

  @Test
  void aFolderOfAnotherFileSystemWillDo() throws Exception {
    Changes changes =
        Changes.builder()
            .put(
                TreePath.of("/app/f"),
                Node.file(
                    Metadata.of(0640, Instant.EPOCH),
                    Content.of("x".getBytes(StandardCharsets.UTF_8))))
            .build();
    try (OverlayFileSystem files = OverlayFileSystem.over(FileTree.empty().apply(changes))) {
      FileTree tree = BuildContext.folder(files.getPath("/app")).tree(Set.of("/"));
      Node node = tree.node(TreePath.of("/f")).orElseThrow();
      assertThat(node.mode()).isEqualTo(0640);
      assertThat(((Node.File) node).content().toByteArray()).containsExactly('x');
    }
  }

  /** The lazy scan of a folder against a tree of all of it, from which the same is taken. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aFolderShowsWhatATreeOfItWould(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      String path = path(random, 4);
      if (Files.exists(folder.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        if (random.nextInt(5) == 0) {
          link(path, random.nextBoolean() ? "/" + path(random, 3) : "../" + path(random, 3));
        } else {
          file(path);
        }
      } catch (FileSystemException e) {
        // something on the way is a file already
      }
    }
    for (int round = 0; round < 40; round++) {
      StringBuilder rules = new StringBuilder();
      for (int i = random.nextInt(4); i > 0; i--) {
        rules.append(random.nextInt(3) == 0 ? "!" : "").append(pattern(random)).append('\n');
      }
      Dockerignore ignore = Dockerignore.parse(rules.toString());
      Set<String> needed = new TreeSet<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        needed.add("/" + pattern(random));
      }
      FileTree all = BuildContext.folder(folder).withIgnore(Dockerignore.none()).tree(Set.of("/"));
      FileTree expected = BuildContext.of(all).withIgnore(ignore).tree(needed);
      FileTree found = BuildContext.folder(folder).withIgnore(ignore).tree(needed);
      assertThat(paths(found)).as(rules + " " + needed).isEqualTo(paths(expected));
      assertThat(found.diff(expected)).as(rules + " " + needed).isEmpty();
    }
  }

  private static String path(Random random, int depth) {
    StringBuilder path = new StringBuilder();
    for (int i = 1 + random.nextInt(depth); i > 0; i--) {
      path.append(path.length() == 0 ? "" : "/").append((char) ('a' + random.nextInt(3)));
    }
    return path.toString();
  }

  private static String pattern(Random random) {
    String path = path(random, 4);
    return random.nextInt(3) == 0 ? path.replaceFirst("[abc]", "*") : path;
  }
}
