// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host folder as a tree. */
class FolderScanTest {
  @TempDir Path folder;

  private Node node(String path) throws IOException {
    return FileTree.ofFolder(folder).node(TreePath.of(path)).orElseThrow();
  }

  @Test
  void everythingTheHostTellsIsKept() throws IOException {
    FileTime time = FileTime.from(Instant.parse("2001-02-03T04:05:06.000000007Z"));
    Files.createDirectory(folder.resolve("d"));
    Path file = Files.writeString(folder.resolve("d/f"), "text");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(file, time);
    Files.createSymbolicLink(folder.resolve("l"), Path.of("d/../nowhere"));
    Files.createLink(folder.resolve("d/g"), file);

    FileTree tree = FileTree.ofFolder(folder);
    Node.File read = (Node.File) tree.node(TreePath.of("/d/f")).orElseThrow();
    assertThat(read.mode()).isEqualTo(0751);
    assertThat(read.mtime()).isEqualTo(time.toInstant());
    assertThat(read.uid()).isEqualTo(((Integer) Files.getAttribute(file, "unix:uid")).longValue());
    assertThat(Trees.text(read)).isEqualTo("text");
    assertThat(tree.linkCount(TreePath.of("/d/g"))).isEqualTo(2);
    assertThat(tree.linkId(TreePath.of("/d/g"))).isEqualTo(tree.linkId(TreePath.of("/d/f")));
    assertThat(((Node.Symlink) node("/l")).target()).isEqualTo("d/../nowhere");
    assertThat(tree.root().mode())
        .isEqualTo((Integer) Files.getAttribute(folder, "unix:mode") & 07777);
  }

  @Test
  void oneFileIsReadAsInItsFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "text");
    Path link = Files.createSymbolicLink(folder.resolve("l"), Path.of("f"));
    assertThat(Node.ofFile(file)).isEqualTo(node("/f"));
    assertThat(Node.ofFile(link)).isEqualTo(node("/l"));
    assertThat(((Node.Directory) Node.ofFile(folder)).names()).isEmpty();
    assertThatThrownBy(() -> Node.ofFile(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void extendedAttributesOfUsersAreKept() throws IOException {
    assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("user"), "no extended attributes");
    Path file = Files.createFile(folder.resolve("f"));
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
        .write("x", ByteBuffer.wrap(new byte[] {0, (byte) 0xFF}));
    assertThat(node("/f").xattrs().get("user.x").orElseThrow()).containsExactly(0, 0xFF);
  }

  @Test
  void namesAreBytes() throws IOException {
    Path strange = Path.of(URI.create(folder.toUri() + "%FF%FE"));
    try {
      Files.createFile(strange);
    } catch (IOException e) {
      assumeTrue(false, "the host's file system refuses names that are no UTF-8: " + e);
    }
    assertThat(FileTree.ofFolder(folder).node(TreePath.ofBytes(new byte[] {-1, -2}))).isPresent();
  }

  @Test
  void manyDirectoriesReadAtOnceAreTheSameTree() throws IOException {
    for (int i = 0; i < 40; i++) {
      Path directory = Files.createDirectories(folder.resolve("d" + i % 7 + "/e" + i));
      for (int k = 0; k < 10; k++) {
        Files.writeString(directory.resolve("f" + k), i + " " + k);
      }
      Files.createLink(folder.resolve("link" + i), directory.resolve("f0"));
    }
    String first = Trees.list(FileTree.ofFolder(folder));
    assertThat(first.lines().count()).isEqualTo(1 + 7 + 40 + 400 + 40);
    assertThat(first).contains(" x2");
    for (int i = 0; i < 5; i++) {
      assertThat(Trees.list(FileTree.ofFolder(folder))).isEqualTo(first);
    }
  }

  @Test
  void aDeepFolderIsReadWithoutRecursion() throws IOException {
    StringBuilder path = new StringBuilder(folder.toString());
    int depth = 0;
    while (path.length() < 1_000) {
      path.append("/d");
      depth++;
    }
    Files.createDirectories(Path.of(path.toString()));
    assertThat(FileTree.ofFolder(folder).size()).isEqualTo(depth + 1);
  }

  @Test
  void whatIsNoFolderIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("f"));
    assertThatThrownBy(() -> FileTree.ofFolder(file)).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> FileTree.ofFolder(folder.resolve("no")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Path closed = Files.createDirectories(folder.resolve("a/closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeTrue(!Files.isReadable(closed), "root may read everything");
      assertThatThrownBy(() -> FileTree.ofFolder(folder))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("closed");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aContentThatBecameShorterIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "long text");
    Node.File read = (Node.File) node("/f");
    Files.writeString(file, "short");
    assertThatThrownBy(() -> read.content().toByteArray()).isInstanceOf(IOException.class);
  }
}
