// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies into containers and out of them land where those of {@code docker cp} 28.5 do. */
class ContainerCopyTest {
  @TempDir Path folder;
  private Path host;
  private ImageStore store;
  private Container box;

  @BeforeEach
  void containerAndHostFiles() throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("dir/sub"));
    Files.createDirectories(root.resolve("full/src"));
    Files.createDirectories(root.resolve("full/f"));
    Files.writeString(root.resolve("file"), "base");
    Files.writeString(root.resolve("dir/a"), "a");
    Files.createSymbolicLink(root.resolve("dirlink"), Path.of("dir"));
    Files.createSymbolicLink(root.resolve("filelink"), Path.of("file"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(root.resolve("absolute"), Path.of("/dir/a"));
    host = Files.createDirectories(folder.resolve("host"));
    Files.createDirectories(host.resolve("src/d"));
    Files.writeString(host.resolve("f"), "new");
    Files.writeString(host.resolve("src/x"), "x");
    Files.createLink(host.resolve("src/h"), host.resolve("src/x"));
    Files.createSymbolicLink(host.resolve("src/l"), Path.of("x"));
    Files.createSymbolicLink(host.resolve("flink"), Path.of("f"));
    store = ImageStore.inMemory();
    box = store.importRootfs(root, "base:1").newContainer();
  }

  @ParameterizedTest
  @CsvSource({
    "f, /newf, A /newf",
    "f, newf, A /newf",
    "f, /file, C /file",
    "f, /dir, C /dir; A /dir/f",
    "f, /dir/, C /dir; A /dir/f",
    "f, /dir/.., A /f",
    "f, /, A /f",
    "f, /dirlink, C /dir; A /dir/f",
    "f, /filelink, C /file",
    "f, /dangling, A /nowhere",
    "f, /absolute, C /dir; C /dir/a",
    "flink, /l, A /l",
    "src, /new, A /new; A /new/d; A /new/h; A /new/l; A /new/x",
    "src/., /new, A /new; A /new/d; A /new/h; A /new/l; A /new/x",
    "src, /new/, A /new; A /new/d; A /new/h; A /new/l; A /new/x",
    "src, /dir, C /dir; A /dir/src; A /dir/src/d; A /dir/src/h; A /dir/src/l; A /dir/src/x",
    "src/., /dir, C /dir; A /dir/d; A /dir/h; A /dir/l; A /dir/x",
    "src, /full, C /full; C /full/src; A /full/src/d; A /full/src/h; A /full/src/l; A /full/src/x",
  })
  void copyIn(String source, String destination, String diff) throws Exception {
    box.copyIn(host.resolve(source), destination);

    assertThat(box.diff()).extracting(Object::toString).containsExactly(diff.split("; "));
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, /x, NoSuchFileException",
    "f, /no/such, NoSuchFileException",
    "f, /newf/, NotDirectoryException",
    "f, /file/x, NotDirectoryException",
    "f, /full, FileSystemException",
    "src, /file, FileSystemException",
    "f, '', IllegalArgumentException",
  })
  void copyInThatCannotLandChangesNothing(String source, String destination, String failure)
      throws Exception {
    assertThatThrownBy(() -> box.copyIn(host.resolve(source), destination))
        .satisfies(thrown -> assertThat(thrown.getClass().getSimpleName()).isEqualTo(failure));

    assertThat(box.diff()).isEmpty();
  }

  @Test
  void copyInKeepsLinksAndAttributesAndIsACopy() throws Exception {
    Files.setAttribute(host.resolve("f"), "unix:mode", 04750);
    Files.setLastModifiedTime(host.resolve("f"), java.nio.file.attribute.FileTime.fromMillis(7));
    box.copyIn(host.resolve("src"), "/new");
    box.copyIn(host.resolve("f"), "/new");
    Files.writeString(host.resolve("f"), "changed afterwards");

    FileTree tree = box.fileSystem().snapshot();
    assertThat(tree.linkCount(TreePath.of("/new/h"))).isEqualTo(2);
    assertThat(tree.node(TreePath.of("/new/f")).orElseThrow().mode()).isEqualTo(04750);
    assertThat(tree.node(TreePath.of("/new/f")).orElseThrow().mtime())
        .isEqualTo(Instant.ofEpochMilli(7));
    assertThat(Files.readString(box.path("/new/f"))).isEqualTo("new");
  }

  @Test
  void copyInKeepsOwners() throws Exception {
    assumeTrue(isRoot(), "only root can give files away");
    Files.setAttribute(host.resolve("f"), "unix:uid", 1234);
    Files.setAttribute(host.resolve("f"), "unix:gid", 5678);

    box.copyIn(host.resolve("f"), "/newf");

    Node node = box.fileSystem().snapshot().node(TreePath.of("/newf")).orElseThrow();
    assertThat(List.of(node.uid(), node.gid())).containsExactly(1234L, 5678L);
  }

  @Test
  void filesOfAnotherFileSystemAreRoots() throws Exception {
    try (Container other = store.image("base:1").newContainer()) {
      Files.writeString(other.path("/dir/made"), "elsewhere");

      box.copyIn(other.path("/dir/."), "/full");
      box.copyIn(other.path("/dir/made"), "/one");
    }
    assertThat(Files.readString(box.path("/full/made"))).isEqualTo("elsewhere");
    assertThat(Files.readString(box.path("/one"))).isEqualTo("elsewhere");
  }

  @Test
  void tarGoesInAndComesOut() throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    box.copyOut("/dir", tar);

    box.copyIn(new ByteArrayInputStream(tar.toByteArray()), "/full");

    assertThat(box.diff())
        .extracting(Object::toString)
        .containsExactly("C /full", "A /full/dir", "A /full/dir/a", "A /full/dir/sub");
    assertThatThrownBy(() -> box.copyIn(new ByteArrayInputStream(tar.toByteArray()), "/no"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/file, new, f new",
    "file, new, f new",
    "/file, there, f there/file",
    "/file, old, f old",
    "/file, oldlink, f old",
    "/file, dangling, f nowhere",
    "/dir, new, d new; f new/a; d new/sub",
    "/dir/., new, d new; f new/a; d new/sub",
    "/dir, there, d there/dir; f there/dir/a; d there/dir/sub",
    "/dir/., there, f there/a; d there/sub",
    "/full, merged, d merged/full; d merged/full/f; f merged/full/kept; d merged/full/src",
    "/dirlink, new, l new",
    "/dirlink/, new, d new; f new/a; d new/sub",
    "/dirlink/a, new, f new",
    "/dir/../file, new, f new",
  })
  void copyOut(String source, String destination, String made) throws Exception {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.createDirectories(out.resolve("there"));
    Files.createDirectories(out.resolve("merged/full"));
    Files.writeString(out.resolve("merged/full/kept"), "kept");
    Files.writeString(out.resolve("old"), "old");
    Files.createSymbolicLink(out.resolve("oldlink"), Path.of("old"));
    Files.createSymbolicLink(out.resolve("dangling"), Path.of("nowhere"));

    box.copyOut(source, out.resolve(destination));

    assertThat(listing(out)).containsAll(List.of(made.split("; ")));
    if (source.equals("/file")) {
      assertThat(Files.readString(out.resolve(made.substring(2)))).isEqualTo("base");
    }
  }

  private static List<String> listing(Path out) throws Exception {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String kind = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "d " : "f ";
        found.add((Files.isSymbolicLink(file) ? "l " : kind) + out.relativize(file));
      }
    }
    return found;
  }

  @Test
  void copyOutThatCannotLandSaysWhy() throws Exception {
    Files.createDirectories(folder.resolve("there/file"));
    Files.createSymbolicLink(folder.resolve("there/dir"), folder.resolve("host"));
    Files.writeString(folder.resolve("old"), "old");

    assertThatThrownBy(() -> box.copyOut("/nothing", folder.resolve("x")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> box.copyOut("/file/", folder.resolve("x")))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> box.copyOut("/file", folder.resolve("no/such")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> box.copyOut("/dir", folder.resolve("old")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("cannot copy directory");
    assertThatThrownBy(() -> box.copyOut("/file", folder.resolve("there")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("cannot overwrite directory with non-directory");
    assertThatThrownBy(() -> box.copyOut("/dir", folder.resolve("there")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("cannot overwrite non-directory with directory");
    assertThat(folder.resolve("host/a")).doesNotExist();
  }

  @Test
  void whatLeadsOutOfTheContainerLeadsNowhereOnTheHost() throws Exception {
    Files.createSymbolicLink(box.path("/way"), box.path("/../.." + folder));
    box.fileSystem()
        .put(
            TreePath.of("/opt/owned"),
            Node.directory(new Metadata(0700, 42, 42, Instant.EPOCH, Xattrs.empty())));

    assertThatThrownBy(() -> box.copyOut("/way/host/f", folder.resolve("got")))
        .isInstanceOf(NoSuchFileException.class);
    box.copyOut("/opt/owned", folder.resolve("mine"));

    assertThat(Files.getAttribute(folder.resolve("mine"), "unix:uid"))
        .isEqualTo(Files.getAttribute(folder.resolve("host"), "unix:uid"));
  }

  @Test
  void exportIsTheWholeRoot() throws Exception {
    Files.writeString(box.path("/dir/added"), "added");
    Files.delete(box.path("/file"));
    ByteArrayOutputStream tar = new ByteArrayOutputStream();

    box.export(tar);

    Path file = folder.resolve("export.tar");
    Files.write(file, tar.toByteArray());
    Image again = store.importRootfs(file, "again:1");
    assertThat(again.tree().diff(box.fileSystem().snapshot())).isEmpty();
    assertThat(new String(tar.toByteArray(), UTF_8)).contains("dir/added");
  }

  private static boolean isRoot() throws Exception {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
