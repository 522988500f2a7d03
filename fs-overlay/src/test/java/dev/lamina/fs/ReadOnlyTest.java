// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A file system that shows a tree, and lets nobody change what it shows. */
class ReadOnlyTest {
  private final FileTree tree =
      Trees.tree(
          Trees.dir("/d"),
          Trees.file("/d/f", "text"),
          Trees.link("/hard", "/d/f"),
          Trees.symlink("/l", "d/f"));
  private final OverlayFileSystem fs = OverlayFileSystem.readOnly(tree);
  private final Path file = fs.getPath("/d/f");
  private final Path other = fs.getPath("/other");

  @Test
  void itIsReadLikeAnyOther() throws IOException {
    assertThat(Files.readString(fs.getPath("/l"))).isEqualTo("text");
    assertThat(Files.isReadable(file)).isTrue();
    assertThat(Files.isWritable(file)).isFalse();
    assertThat(fs.isReadOnly()).isTrue();
    assertThat(Files.getFileStore(file).isReadOnly()).isTrue();
    try (var list = Files.list(fs.getPath("/"))) {
      assertThat(list).hasSize(3);
    }
    try (OverlayFileSystem scratch = OverlayFileSystem.over(FileTree.empty())) {
      Files.copy(file, scratch.getPath("/copy"));
      assertThat(Files.readString(scratch.getPath("/copy"))).isEqualTo("text");
    }
  }

  @Test
  void nothingIsWritten() throws IOException {
    OverlayFileSystem scratch = OverlayFileSystem.over(FileTree.empty());
    Path source = Files.writeString(scratch.getPath("/x"), "x");
    Map<String, ThrowingCallable> edits = new LinkedHashMap<>();
    edits.put("write", () -> Files.writeString(file, "new"));
    edits.put("create", () -> Files.createFile(other));
    edits.put("append", () -> Files.newOutputStream(file, StandardOpenOption.APPEND));
    edits.put(
        "delete on close", () -> Files.newByteChannel(file, StandardOpenOption.DELETE_ON_CLOSE));
    edits.put("delete", () -> Files.delete(file));
    edits.put("move", () -> Files.move(file, other));
    edits.put("move atomically", () -> Files.move(file, other, StandardCopyOption.ATOMIC_MOVE));
    edits.put("move away", () -> Files.move(file, scratch.getPath("/moved")));
    edits.put("move here", () -> Files.move(source, other));
    edits.put("copy", () -> Files.copy(file, other));
    edits.put("copy here", () -> Files.copy(source, other));
    edits.put("make a directory", () -> Files.createDirectory(other));
    edits.put("link", () -> Files.createLink(other, file));
    edits.put("symbolic link", () -> Files.createSymbolicLink(other, file));
    edits.put("mode", () -> Files.setAttribute(file, "unix:mode", 0));
    edits.put("owner", () -> Files.setAttribute(file, "unix:uid", 1));
    edits.put("time", () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)));
    edits.put(
        "times",
        () ->
            Files.getFileAttributeView(file, BasicFileAttributeView.class)
                .setTimes(FileTime.fromMillis(0), null, null));
    edits.put("xattr", () -> Files.setAttribute(file, "xattr:user.x", new byte[1]));
    edits.put(
        "remove an xattr",
        () -> Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).delete("x"));
    edits.put("put", () -> fs.put(TreePath.of("/x"), Trees.fileNode("")));
    edits.put("put a link", () -> fs.link(TreePath.of("/x"), TreePath.of("/hard")));
    edits.put("remove", () -> fs.remove(TreePath.of("/d")));
    edits.put("graft", () -> fs.graft(TreePath.of("/d"), Trees.fileNode("")));
    edits.put("apply", () -> fs.apply(Changes.of(Trees.removed("/d"))));
    edits.forEach(
        (name, edit) ->
            assertThatThrownBy(edit).as(name).isInstanceOf(ReadOnlyFileSystemException.class));

    assertThat(fs.diff()).isEmpty();
    assertThat(fs.snapshot()).isSameAs(tree);
    assertThat(Files.exists(scratch.getPath("/moved"))).isFalse();
    assertThat(Files.exists(source)).isTrue();
  }
}
