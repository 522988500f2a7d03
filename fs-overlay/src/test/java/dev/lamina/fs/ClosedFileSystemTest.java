// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is left of a file system that was closed. */
@SuppressWarnings("StreamResourceLeak") // what is not closed here is closed with its file system
class ClosedFileSystemTest {
  private final OverlayFileSystem fs = OverlayFileSystem.over(FileTree.empty());
  private final Path file = fs.getPath("/file");

  @Test
  void everyOperationSaysThatItIsClosed() throws IOException {
    Files.writeString(file, "text");
    fs.close();
    fs.close();

    Map<String, ThrowingCallable> operations = new LinkedHashMap<>();
    operations.put("read", () -> Files.readString(file));
    operations.put("write", () -> Files.writeString(file, ""));
    operations.put("delete", () -> Files.delete(file));
    operations.put("move", () -> Files.move(file, fs.getPath(TreePath.of("/b"))));
    operations.put("copy", () -> Files.copy(file, fs.getPath(TreePath.of("/b"))));
    operations.put("make a directory", () -> Files.createDirectory(file));
    operations.put("link", () -> Files.createLink(file, file));
    operations.put("list", () -> Files.newDirectoryStream(file.getRoot()).close());
    operations.put("attributes", () -> Files.readAttributes(file, BasicFileAttributes.class));
    operations.put("named attributes", () -> Files.readAttributes(file, "unix:*"));
    operations.put("set", () -> Files.setAttribute(file, "unix:mode", 0));
    operations.put("access", () -> fs.provider().checkAccess(file));
    operations.put("real path", file::toRealPath);
    operations.put("store", () -> Files.getFileStore(file));
    operations.put("path", () -> fs.getPath("/x"));
    operations.put("roots", fs::getRootDirectories);
    operations.put("stores", fs::getFileStores);
    operations.put("matcher", () -> fs.getPathMatcher("glob:*"));
    operations.put("watch", fs::newWatchService);
    operations.put("put", () -> fs.put(TreePath.of("/x"), Trees.fileNode("")));
    operations.put("apply", () -> fs.apply(Changes.none()));
    operations.forEach(
        (name, operation) ->
            assertThatThrownBy(operation).as(name).isInstanceOf(ClosedFileSystemException.class));
    assertThat(fs.isOpen()).isFalse();
  }

  @Test
  void theSnapshotIsStillThere() throws IOException {
    Files.writeString(file, "text");
    fs.close();
    Node.File node = (Node.File) fs.snapshot().node(TreePath.of("/file")).orElseThrow();
    assertThat(Trees.text(node)).isEqualTo("text");
    assertThat(fs.diff()).extracting(PathChange::toString).containsExactly("A /file");
  }

  @Test
  void whatWasOpenIsClosed() throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    DirectoryStream<Path> stream = Files.newDirectoryStream(file.getRoot());
    WatchService watcher = fs.newWatchService();
    fs.close();

    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(
            () -> ((SecureDirectoryStream<Path>) stream).deleteFile(fs.getPath(TreePath.of("/x"))))
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThatThrownBy(watcher::poll).isInstanceOf(ClosedWatchServiceException.class);
  }

  @Test
  void itsNameIsFreeAgain() throws IOException {
    OverlayFileSystem named = OverlayFileSystem.builder(FileTree.empty()).name("once").build();
    named.close();
    OverlayFileSystem.builder(FileTree.empty()).name("once").build().close();
  }
}
