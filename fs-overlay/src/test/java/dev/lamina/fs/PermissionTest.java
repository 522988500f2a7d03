// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Acting as somebody. {@link KernelModelTest} compares the same with the kernel. */
class PermissionTest {
  private static FileTree tree(int mode, long uid, long gid) throws IOException {
    Metadata open = Metadata.of(0777, Trees.TIME);
    Metadata metadata = Metadata.of(mode, Trees.TIME).withOwner(uid, gid);
    return FileTree.empty()
        .apply(
            Changes.builder()
                .put(TreePath.of("/d"), Node.directory(open))
                .put(TreePath.of("/d/f"), Node.file(metadata, Content.of(new byte[] {1})))
                .put(TreePath.of("/d/sub"), Node.directory(metadata))
                .put(TreePath.of("/d/sub/x"), Node.file(open, Content.of(new byte[] {2})))
                .build());
  }

  private static OverlayFileSystem as(long uid, long gid, FileTree tree) {
    return OverlayFileSystem.builder(tree).actingAs(uid, gid, 77).build();
  }

  /** The first class that fits counts, even if a later one would allow more. */
  @ParameterizedTest
  @CsvSource({
    "400, 1000, 1000, true, false",
    "200, 1000, 1000, false, true",
    "077, 1000, 1000, false, false",
    "040, 1, 1000, true, false",
    "020, 1, 1000, false, true",
    "707, 1, 1000, false, false",
    "040, 1, 77, true, false",
    "004, 1, 1, true, false",
    "002, 1, 1, false, true",
    "770, 1, 1, false, false",
    "000, 1000, 1000, false, false"
  })
  void theModeDecides(String mode, long uid, long gid, boolean reads, boolean writes)
      throws IOException {
    Path file = as(1000, 1000, tree(Integer.parseInt(mode, 8), uid, gid)).getPath("/d/f");
    assertThat(Files.isReadable(file)).isEqualTo(reads);
    assertThat(Files.isWritable(file)).isEqualTo(writes);
    if (reads) {
      assertThat(Files.readAllBytes(file)).containsExactly(1);
    } else {
      assertThatThrownBy(() -> Files.readAllBytes(file)).isInstanceOf(AccessDeniedException.class);
    }
    if (writes) {
      Files.write(file, new byte[] {3}, StandardOpenOption.WRITE);
    } else {
      assertThatThrownBy(() -> Files.write(file, new byte[1], StandardOpenOption.WRITE))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  /** As the host, where the target is made room for first, and the source opened before it. */
  @Test
  void whatACopyMayNotReadIsRefusedAfterATargetInTheWayAndBeforeOneThatCannotBe()
      throws IOException {
    OverlayFileSystem fs = as(1000, 1000, tree(0200, 1000, 1000));
    Path source = fs.getPath("/d/f");
    Path room = Files.createDirectories(fs.getPath("/d/room"));
    Files.createFile(room.resolve("file"));
    assertThatThrownBy(() -> Files.copy(source, room, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
    for (String target : List.of("/d/room/file/below", "/d/none/below", "/d/new")) {
      assertThatThrownBy(() -> Files.copy(source, fs.getPath(target)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("/d/f");
    }
  }

  @Test
  void aDirectoryThatMayNotBeWrittenStaysInItsParent() throws IOException {
    OverlayFileSystem fs = as(1000, 1000, tree(0555, 1000, 1000));
    Path directory = fs.getPath("/d/sub");
    Path elsewhere = Files.createDirectories(fs.getPath("/d/else/where"));
    Path full = Files.createFile(elsewhere.resolve("full")).getParent();
    for (Path target : List.of(elsewhere.resolve("sub"), full)) {
      assertThatThrownBy(() -> Files.move(directory, target, StandardCopyOption.ATOMIC_MOVE))
          .isInstanceOf(AccessDeniedException.class); // sooner than that a target is not empty
    }
    Path renamed = Files.move(directory, fs.getPath("/d/renamed"));
    assertThat(renamed).isDirectory();
  }

  @Test
  void aCopyThatMayNotBeReadOrWrittenHasNoExtendedAttributes() throws IOException {
    OverlayFileSystem fs = as(1000, 1000, tree(0700, 1000, 1000));
    Path directory = fs.getPath("/d/sub");
    Files.setAttribute(directory, "user:note", ByteBuffer.wrap(new byte[] {1}));
    for (String mode : List.of("rwx------", "-wx------", "r-x------")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
      Path copy = fs.getPath("/d/" + mode);
      Path made = Files.copy(directory, copy, StandardCopyOption.COPY_ATTRIBUTES);
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
      assertThat(Files.readAttributes(made, "user:*").isEmpty())
          .as(mode)
          .isEqualTo(!mode.startsWith("rw"));
    }
  }

  @Test
  void aDirectoryIsListedWithReadAndPassedWithExecute() throws IOException {
    Path passable = as(1000, 1000, tree(0711, 1, 1)).getPath("/d/sub");
    assertThat(Files.readAllBytes(passable.resolve("x"))).containsExactly(2);
    assertThatThrownBy(
            () -> {
              try (DirectoryStream<Path> names = Files.newDirectoryStream(passable)) {
                assertThat(names).isNotNull();
              }
            })
        .isInstanceOf(AccessDeniedException.class);

    Path listable = as(1000, 1000, tree(0744, 1, 1)).getPath("/d/sub");
    try (DirectoryStream<Path> names = Files.newDirectoryStream(listable)) {
      assertThat(names).isNotEmpty();
    }
    assertThatThrownBy(() -> Files.readAllBytes(listable.resolve("x")))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> Files.getLastModifiedTime(listable.resolve("x")))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void namesNeedAWritableDirectory() throws IOException {
    Path sub = as(1000, 1000, tree(0755, 1, 1)).getPath("/d/sub");
    assertThatThrownBy(() -> Files.createFile(sub.resolve("new")))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> Files.delete(sub.resolve("x")))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(
            () -> Files.move(sub.resolve("x"), sub.resolve("y"), StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(AccessDeniedException.class);
    Files.write(sub.resolve("x"), new byte[] {9}); // the file itself may be written
  }

  @Test
  void inAStickyDirectoryEverybodyDeletesHisOwn() throws IOException {
    Metadata sticky = Metadata.of(01777, Trees.TIME);
    Metadata mine = Metadata.of(0644, Trees.TIME).withOwner(1000, 1000);
    FileTree tree =
        FileTree.empty()
            .apply(
                Changes.builder()
                    .put(TreePath.of("/tmp"), Node.directory(sticky))
                    .put(TreePath.of("/tmp/mine"), Node.fifo(mine))
                    .put(TreePath.of("/tmp/other"), Node.fifo(mine.withOwner(1001, 1000)))
                    .build());
    OverlayFileSystem fs = as(1000, 1000, tree);
    Files.delete(fs.getPath("/tmp/mine"));
    assertThatThrownBy(() -> Files.delete(fs.getPath("/tmp/other")))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void onlyTheOwnerChangesAttributes() throws IOException {
    Path other = as(1000, 1000, tree(0666, 1, 1)).getPath("/d/f");
    assertThatThrownBy(
            () ->
                Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwx------")))
        .isInstanceOf(FileSystemException.class);
    Path own = as(1000, 1000, tree(0000, 1000, 1000)).getPath("/d/f");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    Files.setAttribute(own, "unix:gid", 77);
    assertThatThrownBy(() -> Files.setAttribute(own, "unix:gid", 78))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.setAttribute(own, "unix:uid", 0))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.setAttribute(own, "xattr:security.x", new byte[1]))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void whatSomebodyMakesIsHis() throws IOException {
    OverlayFileSystem fs = as(1000, 1001, tree(0777, 0, 0));
    Path file = Files.createFile(fs.getPath("/d/new"));
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1000);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(1001);
  }

  @Test
  void aSetgidDirectoryGivesItsGroupOn() throws IOException {
    OverlayFileSystem fs = as(1000, 1000, tree(02777, 5, 55));
    Files.createFile(fs.getPath("/d/sub/file"));
    Files.createDirectory(fs.getPath("/d/sub/dir"));
    assertThat(Files.getAttribute(fs.getPath("/d/sub/file"), "unix:gid")).isEqualTo(55);
    assertThat(Files.getAttribute(fs.getPath("/d/sub/dir"), "unix:gid")).isEqualTo(55);
    assertThat((Integer) Files.getAttribute(fs.getPath("/d/sub/dir"), "unix:mode") & 02000)
        .isEqualTo(02000);
  }

  @Test
  void writingTakesSetuidAway() throws IOException {
    OverlayFileSystem fs = as(1000, 1000, tree(06777, 1, 1));
    Files.write(fs.getPath("/d/f"), new byte[] {1});
    assertThat((Integer) Files.getAttribute(fs.getPath("/d/f"), "unix:mode") & 07777)
        .isEqualTo(0777);
  }

  @ParameterizedTest
  @CsvSource({"000,666,777", "022,644,755", "077,600,700", "777,0,0", "027,640,750"})
  void theUmaskTakesBitsAway(String umask, String file, String directory) throws IOException {
    OverlayFileSystem fs =
        OverlayFileSystem.builder(FileTree.empty()).umask(Integer.parseInt(umask, 8)).build();
    Files.createFile(fs.getPath("/f"));
    Files.createDirectory(fs.getPath("/d"));
    Files.createSymbolicLink(fs.getPath("/l"), fs.getPath("f"));
    assertThat(mode(fs, "/f")).isEqualTo(file);
    assertThat(mode(fs, "/d")).isEqualTo(directory);
    assertThat(mode(fs, "/l")).isEqualTo("777");
  }

  private static String mode(OverlayFileSystem fs, String path) throws IOException {
    Path file = fs.getPath(path);
    Object mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return Integer.toOctalString((Integer) mode & 07777);
  }

  @Test
  void withoutChecksEverythingIsAllowedAndStillHis() throws IOException {
    OverlayFileSystem fs =
        OverlayFileSystem.builder(tree(0, 1, 1)).actingAs(1000, 1000).checks(false).build();
    assertThatCode(() -> Files.readAllBytes(fs.getPath("/d/f"))).doesNotThrowAnyException();
    assertThat(Files.getAttribute(Files.createFile(fs.getPath("/d/sub/n")), "unix:uid"))
        .isEqualTo(1000);
  }

  @Test
  void rootMayEverythingButExecuteWhatNobodyMay() throws IOException {
    OverlayFileSystem fs = OverlayFileSystem.builder(tree(0, 1, 1)).actingAs(0, 0).build();
    assertThat(Files.readAllBytes(fs.getPath("/d/f"))).containsExactly(1);
    assertThat(Files.isExecutable(fs.getPath("/d/f"))).isFalse();
    assertThat(Files.isExecutable(fs.getPath("/d/sub"))).isTrue();
  }

  @Test
  void allNameSpacesOfExtendedAttributesAreReached() throws IOException {
    OverlayFileSystem fs = OverlayFileSystem.over(tree(0755, 1, 1));
    Path file = fs.getPath("/d/f");
    byte[] capability = {1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    Files.setAttribute(file, "xattr:security.capability", capability);
    Files.setAttribute(file, "xattr:trusted.overlay.opaque", new byte[] {'y'});
    Files.setAttribute(file, "user:x", new byte[] {1});
    assertThat(Files.readAttributes(file, "xattr:*"))
        .containsOnlyKeys("security.capability", "trusted.overlay.opaque", "user.x")
        .containsEntry("security.capability", capability);
    assertThat(Files.readAttributes(file, "user:*")).containsOnlyKeys("x");

    Files.setAttribute(file, "unix:uid", 5); // as on Linux, this takes capabilities away
    assertThat(Files.readAttributes(file, "xattr:*")).doesNotContainKey("security.capability");
  }
}
