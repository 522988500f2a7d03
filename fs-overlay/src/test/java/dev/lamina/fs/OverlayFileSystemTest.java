// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a program finds that uses the overlay through {@code java.nio.file.Files}. */
class OverlayFileSystemTest {
  private static final Instant THEN = Instant.parse("2020-02-02T02:02:02.000000002Z");

  private final FileTree base = base();
  private final OverlayFileSystem files = OverlayFileSystem.over(base);

  private static FileTree base() {
    try {
      return FileTree.empty()
          .apply(
              Changes.of(
                  List.of(
                      new Change.Put(TreePath.of("/etc"), Node.directory(Metadata.of(0755, THEN))),
                      new Change.Put(
                          TreePath.of("/etc/hosts"),
                          Node.file(
                              Metadata.of(0644, THEN), Content.of("localhost\n".getBytes(UTF_8)))),
                      new Change.Link(TreePath.of("/etc/hosts2"), TreePath.of("/etc/hosts")),
                      new Change.Put(
                          TreePath.of("/run"),
                          Node.symlink(Metadata.of(0777, THEN), "/var/run")))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path path(String text) {
    return files.getPath(text);
  }

  private List<String> diff() {
    return files.diff().stream().map(PathChange::toString).toList();
  }

  @Test
  void aNewFileSystemShowsItsBaseAndNoChange() throws IOException {
    assertThat(Files.readString(path("/etc/hosts"))).isEqualTo("localhost\n");
    assertThat(diff()).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAgainAndLeavesTheBaseAsItWas() throws IOException {
    Files.writeString(path("/hello"), "world");

    assertThat(Files.readString(path("/hello"))).isEqualTo("world");
    assertThat(diff()).containsExactly("A /hello");
    assertThat(base.node(TreePath.of("/hello"))).isEmpty();
  }

  @Test
  void aChangedFileShowsItsFolderToo() throws IOException {
    Files.writeString(path("/etc/hosts"), "127.0.0.1\n", StandardOpenOption.APPEND);

    assertThat(Files.readString(path("/etc/hosts"))).isEqualTo("localhost\n127.0.0.1\n");
    assertThat(diff()).contains("C /etc", "C /etc/hosts");
  }

  @Test
  void aWriteThroughOneNameShowsAtTheOther() throws IOException {
    Files.writeString(path("/etc/hosts"), "changed");

    assertThat(Files.readString(path("/etc/hosts2"))).isEqualTo("changed");
    assertThat(Files.isSameFile(path("/etc/hosts"), path("/etc/hosts2"))).isTrue();
  }

  @Test
  void aDeletedTreeIsOneLine() throws IOException {
    Files.delete(path("/etc/hosts"));
    Files.delete(path("/etc/hosts2"));
    Files.delete(path("/etc"));

    assertThat(diff()).containsExactly("D /etc");
    assertThat(Files.exists(path("/etc"))).isFalse();
  }

  @Test
  void absoluteLinksLeadToThisRoot() throws IOException {
    Files.createDirectories(path("/var/run"));
    Files.writeString(path("/run/pid"), "1");

    assertThat(Files.readString(path("/var/run/pid"))).isEqualTo("1");
    assertThat(path("/run/pid").toRealPath()).isEqualTo(path("/var/run/pid"));
  }

  @Test
  void linksInACircleAreRefused() throws IOException {
    Files.createSymbolicLink(path("/a"), path("/b"));
    Files.createSymbolicLink(path("/b"), path("/a"));

    assertThatThrownBy(() -> Files.readString(path("/a")))
        .isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void missingAndExistingFilesHaveTheExceptionsOfTheJdk() throws IOException {
    assertThatThrownBy(() -> Files.readString(path("/nothing")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createDirectory(path("/etc")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.delete(path("/etc")))
        .isInstanceOf(DirectoryNotEmptyException.class);
  }

  @Test
  void permissionsOwnersAndTimesAreKept() throws IOException {
    Path hosts = path("/etc/hosts");
    Files.setPosixFilePermissions(hosts, PosixFilePermissions.fromString("rw-------"));
    Files.setLastModifiedTime(hosts, FileTime.from(THEN.plusNanos(5)));
    Files.setAttribute(hosts, "unix:uid", 1000);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hosts)))
        .isEqualTo("rw-------");
    assertThat(Files.getLastModifiedTime(hosts).toInstant()).isEqualTo(THEN.plusNanos(5));
    assertThat(Files.getAttribute(hosts, "unix:uid")).isEqualTo(1000);
    assertThat(files.snapshot().node(TreePath.of("/etc/hosts")).orElseThrow().uid())
        .isEqualTo(1000);
  }

  @Test
  void aFileIsMovedOverAnotherInOneStep() throws IOException {
    Files.writeString(path("/new"), "new");
    Files.move(path("/new"), path("/etc/hosts"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(path("/etc/hosts"))).isEqualTo("new");
    assertThat(Files.exists(path("/new"))).isFalse();
    assertThat(Files.readString(path("/etc/hosts2"))).isEqualTo("localhost\n");
  }

  @Test
  void aFolderIsListedInByteOrder() throws IOException {
    Files.createDirectory(path("/list"));
    for (String name : List.of("b", "a", "é", "B")) {
      Files.createFile(path("/list").resolve(name));
    }
    try (Stream<Path> list = Files.list(path("/list"))) {
      assertThat(list.map(p -> p.getFileName().toString())).containsExactly("B", "a", "b", "é");
    }
  }

  @Test
  void aSparseWriteLeavesZerosBefore() throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            path("/sparse"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.position(1L << 20);
      channel.write(ByteBuffer.wrap(new byte[] {1}));
    }
    byte[] bytes = Files.readAllBytes(path("/sparse"));
    assertThat(bytes).hasSize((1 << 20) + 1).endsWith((byte) 1);
    assertThat(bytes[12_345]).isZero();
  }

  @Test
  void aSnapshotDoesNotSeeLaterWrites() throws IOException {
    Files.writeString(path("/one"), "1");
    FileTree snapshot = files.snapshot();
    Files.writeString(path("/one"), "2");

    Node.File file = (Node.File) snapshot.node(TreePath.of("/one")).orElseThrow();
    assertThat(file.content().newInputStream().readAllBytes()).isEqualTo(new byte[] {'1'});
  }

  @Test
  void aSnapshotDoesNotChangeTheNumberOfAFile() throws IOException {
    Path file = Files.createFile(path("/new"));
    Path linked = Files.createLink(path("/linked"), file);
    for (Path one : List.of(file, linked, path("/etc/hosts"), path("/etc/hosts2"), path("/etc"))) {
      Object number = Files.getAttribute(one, "unix:ino");
      FileTree ignored = files.snapshot();
      Files.setAttribute(one, "unix:mode", 0700);
      assertThat(Files.getAttribute(one, "unix:ino")).as("%s", one).isEqualTo(number);
    }
    assertThat(Files.getAttribute(file, "unix:ino"))
        .isEqualTo(Files.getAttribute(linked, "unix:ino"));
    assertThat(Files.getAttribute(linked, "unix:ctime"))
        .isEqualTo(Files.getAttribute(file, "unix:ctime"));
  }

  @Test
  void tooManyEventsBecomeOneOverflow() throws IOException {
    try (WatchService service = files.newWatchService()) {
      WatchKey key = path("/etc").register(service, StandardWatchEventKinds.ENTRY_CREATE);
      for (int i = 0; i < 600; i++) {
        Files.createFile(path("/etc/" + i));
      }
      assertThat(key.pollEvents()).anyMatch(e -> e.kind() == StandardWatchEventKinds.OVERFLOW);
    }
  }

  /** Its key has the name it had when it was registered. */
  @Test
  void aDirectoryThatIsMovedAwayIsWatchedNoMore() throws IOException {
    Files.createDirectories(path("/etc/a/b"));
    try (WatchService service = files.newWatchService()) {
      WatchKey key = path("/etc/a/b").register(service, StandardWatchEventKinds.ENTRY_CREATE);
      Files.move(path("/etc/a"), path("/etc/moved"));
      assertThat(service.poll()).isSameAs(key);
      assertThat(key.reset()).isFalse();
      Files.createFile(path("/etc/moved/b/c"));
      assertThat(service.poll()).isNull();
    }
  }

  @Test
  void whatTheDiffSaysMakesTheSameTreeAgain() throws IOException {
    Files.writeString(path("/etc/hosts"), "changed");
    Files.createDirectories(path("/srv/www"));
    Files.delete(path("/run"));
    Files.createSymbolicLink(path("/etc/link"), path("hosts"));

    FileTree after = files.snapshot();
    assertThat(base.apply(after.diff(base)).diff(after).isEmpty()).isTrue();
  }
}
