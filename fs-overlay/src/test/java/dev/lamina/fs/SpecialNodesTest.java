// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices, pipes and sockets: kept, listed, moved and linked, never opened. */
class SpecialNodesTest {
  private static final Metadata METADATA = Metadata.of(0620, Trees.TIME).withOwner(3, 5);
  private static final Map<String, Node> NODES =
      new TreeMap<>(
          Map.of(
              "/block", Node.device(METADATA, true, 8, 300),
              "/char", Node.device(METADATA, false, 0, 0),
              "/big", Node.device(METADATA, false, 0xFFF, 0xFFFFF),
              "/fifo", Node.fifo(METADATA),
              "/socket", Node.socket(METADATA)));

  private final OverlayFileSystem fs = OverlayFileSystem.over(tree());

  private static FileTree tree() {
    Changes.Builder changes = Changes.builder();
    NODES.forEach((path, node) -> changes.put(TreePath.of(path), node));
    try {
      return FileTree.empty().apply(changes.build());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/block", "/char", "/big", "/fifo", "/socket"})
  void aSpecialNodeIsSomethingElse(String name) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(fs.getPath(name), BasicFileAttributes.class);
    assertThat(attributes.isOther()).isTrue();
    assertThat(attributes.size()).isZero();
    assertThat(Files.exists(fs.getPath(name))).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fs.getPath(name))))
        .isEqualTo("rw--w----");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/block", "/char", "/big", "/fifo", "/socket"})
  void aSpecialNodeIsNotOpened(String name) {
    Path path = fs.getPath(name);
    assertThatThrownBy(() -> Files.newInputStream(path)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.newOutputStream(path)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.newByteChannel(path, StandardOpenOption.APPEND))
        .isInstanceOf(FileSystemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/block", "/char", "/big", "/fifo", "/socket"})
  void aSpecialNodeIsMovedLinkedCopiedAndDeleted(String name) throws IOException {
    Path path = fs.getPath(name);
    Files.createLink(fs.getPath("/second"), path);
    Files.move(path, fs.getPath("/moved"));
    Files.copy(fs.getPath("/moved"), fs.getPath("/copy"), StandardCopyOption.COPY_ATTRIBUTES);
    FileTree now = fs.snapshot();
    for (String each : new String[] {"/second", "/moved", "/copy"}) {
      assertThat(now.node(TreePath.of(each))).as(each).contains(NODES.get(name));
    }
    assertThat(now.linkCount(TreePath.of("/moved"))).isEqualTo(2);
    Files.delete(fs.getPath("/moved"));
    assertThat(Files.exists(fs.getPath("/moved"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void deviceNumbersAreThoseOfStat() throws IOException {
    assertThat(Files.getAttribute(fs.getPath("/block"), "unix:rdev")).isEqualTo(0x10082cL);
    assertThat(Files.getAttribute(fs.getPath("/char"), "unix:rdev")).isEqualTo(0L);
    assertThat(Files.getAttribute(fs.getPath("/big"), "unix:rdev")).isEqualTo(0xffffffffL);
    assertThat(Files.getAttribute(fs.getPath("/fifo"), "unix:rdev")).isEqualTo(0L);
  }

  @Test
  void modesTellTheKind() throws IOException {
    Map<String, Integer> kinds =
        Map.of("/block", 060000, "/char", 020000, "/fifo", 010000, "/socket", 0140000);
    for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
      int mode = (Integer) Files.getAttribute(fs.getPath(kind.getKey()), "unix:mode");
      assertThat(mode).as(kind.getKey()).isEqualTo(kind.getValue() | 0620);
    }
  }

  @Test
  void nothingOfAFileIsSetOnOne() {
    assertThatThrownBy(() -> Files.setAttribute(fs.getPath("/fifo"), "user:x", new byte[1]))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void aCharacterDeviceOfNoNumberIsNoWhiteout() throws IOException {
    FileTree next = FileTree.empty().apply(fs.snapshot().diff(FileTree.empty()));
    assertThat(next.node(TreePath.of("/char"))).contains(NODES.get("/char"));
  }
}
