// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program on Linux may expect of a file system, said through {@link Files} alone. */
abstract class FileSystemContract {
  Path root;

  /** An empty folder to work in; or one with the files of {@link #lower} in it. */
  abstract Path open() throws IOException;

  abstract void close() throws IOException;

  /**
   * Files that are there before a test begins, so that they are in lower layers if there are any.
   */
  static void lower(Path root) throws IOException {
    Files.createDirectories(root.resolve("low/dir"));
    Files.writeString(root.resolve("low/file"), "lower text");
    Files.writeString(root.resolve("low/dir/nested"), "nested");
    Files.createSymbolicLink(root.resolve("low/link"), root.getFileSystem().getPath("file"));
    Files.createLink(root.resolve("low/hard"), root.resolve("low/file"));
  }

  @BeforeEach
  void openFileSystem() throws IOException {
    root = open();
  }

  @AfterEach
  void closeFileSystem() throws IOException {
    close();
  }

  private Path p(String path) {
    return root.resolve(path);
  }

  private static int links(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void aWrittenFileIsReadBack() throws IOException {
    Files.writeString(p("a"), "hello");
    assertThat(Files.readString(p("a"))).isEqualTo("hello");
    assertThat(Files.size(p("a"))).isEqualTo(5);
  }

  @Test
  void aLowerFileIsRead() throws IOException {
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text");
  }

  @Test
  void aLowerFileIsOverwritten() throws IOException {
    Files.writeString(p("low/file"), "new");
    assertThat(Files.readString(p("low/file"))).isEqualTo("new");
  }

  @Test
  void aHardLinkSeesWhatIsWrittenThroughTheOther() throws IOException {
    Files.writeString(p("low/file"), "both");
    assertThat(Files.readString(p("low/hard"))).isEqualTo("both");
    assertThat(links(p("low/hard"))).isEqualTo(2);
    assertThat(Files.isSameFile(p("low/file"), p("low/hard"))).isTrue();
  }

  @Test
  void aReaderSeesWhatIsWrittenLater() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/dir/nested"))) {
      Files.writeString(p("low/dir/nested"), "NESTED!");
      ByteBuffer buffer = ByteBuffer.allocate(20);
      assertThat(reader.read(buffer)).isEqualTo(7);
      assertThat(new String(buffer.array(), 0, 7, java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("NESTED!");
    }
  }

  @Test
  void aReaderOfALinkedFileSeesWhatIsWrittenLater() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/hard"))) {
      Files.writeString(p("low/file"), "changed");
      assertThat(reader.size()).isEqualTo(7);
    }
  }

  @Test
  void aReaderKeepsAFileThatWasDeletedAndMadeAgain() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/dir/nested"))) {
      Files.delete(p("low/dir/nested"));
      Files.writeString(p("low/dir/nested"), "another one");
      assertThat(reader.size()).isEqualTo(6);
    }
  }

  @Test
  void aReaderFollowsAFileWhoseDirectoryIsMoved() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/dir/nested"))) {
      Files.move(p("low/dir"), p("moved"), StandardCopyOption.ATOMIC_MOVE);
      Files.writeString(p("moved/nested"), "12345678");
      assertThat(reader.size()).isEqualTo(8);
    }
  }

  @Test
  void aWriterKeepsItsFileWhenItIsDeleted() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            p("a"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2}));
      Files.delete(p("a"));
      channel.write(ByteBuffer.wrap(new byte[] {3}));
      assertThat(channel.size()).isEqualTo(3);
      assertThat(Files.exists(p("a"))).isFalse();
    }
  }

  @Test
  void aWriterWritesToAFileThatWasMoved() throws IOException {
    try (OutputStream out = Files.newOutputStream(p("low/dir/nested"))) {
      Files.move(p("low/dir/nested"), p("b"));
      out.write('x');
    }
    assertThat(Files.readString(p("b"))).isEqualTo("x");
  }

  @Test
  void appendingWritesAtTheEnd() throws IOException {
    Files.writeString(p("low/file"), "+", StandardOpenOption.APPEND);
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text+");
  }

  @Test
  void appendingIgnoresThePosition() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"), StandardOpenOption.APPEND)) {
      channel.position(0);
      channel.write(ByteBuffer.wrap(new byte[] {'!'}));
    }
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text!");
  }

  @Test
  void aGapIsFilledWithZeros() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {7}), 40_000);
    }
    byte[] bytes = Files.readAllBytes(p("low/file"));
    assertThat(bytes).hasSize(40_001).startsWith('l', 'o', 'w').endsWith(0, 0, 7);
    assertThat(bytes[20_000]).isZero();
  }

  @Test
  void truncatingCutsTheEndOff() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"), StandardOpenOption.WRITE)) {
      channel.truncate(3);
      channel.write(ByteBuffer.wrap(new byte[] {'!'}), 5);
    }
    assertThat(Files.readAllBytes(p("low/file"))).containsExactly('l', 'o', 'w', 0, 0, '!');
  }

  @Test
  void truncatingToMoreChangesNothing() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"), StandardOpenOption.WRITE)) {
      channel.truncate(100);
      assertThat(channel.size()).isEqualTo(10);
    }
  }

  @Test
  void aLargeFileIsReadBackAtAnyPosition() throws IOException {
    byte[] bytes = new byte[200_000];
    new java.util.Random(1).nextBytes(bytes);
    Files.write(p("big"), bytes);
    assertThat(Files.readAllBytes(p("big"))).isEqualTo(bytes);
    try (SeekableByteChannel channel = Files.newByteChannel(p("big"))) {
      channel.position(16_383);
      ByteBuffer two = ByteBuffer.allocate(2);
      channel.read(two);
      assertThat(two.array()).containsExactly(bytes[16_383], bytes[16_384]);
    }
  }

  @Test
  void createNewRefusesWhatExists() {
    assertThatThrownBy(() -> Files.createFile(p("low/file")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.createDirectory(p("low/dir")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(
            () -> Files.createSymbolicLink(p("low/link"), root.getFileSystem().getPath("x")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.createLink(p("low/hard"), p("low/file")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void whatIsMissingIsNoSuchFile() {
    assertThatThrownBy(() -> Files.readString(p("no"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.writeString(p("no/file"), ""))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.delete(p("no"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.move(p("no"), p("b"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createDirectory(p("no/dir")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @SuppressWarnings("StreamResourceLeak") // there is no stream: it throws
  void aFileIsNoDirectory() {
    assertThatThrownBy(() -> Files.readString(p("low/file/x")))
        .isInstanceOf(FileSystemException.class)
        .isNotInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.newDirectoryStream(p("low/file")).close())
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> Files.readSymbolicLink(p("low/file")))
        .isInstanceOf(NotLinkException.class);
  }

  @Test
  void aDirectoryIsNotWritten() {
    assertThatThrownBy(() -> Files.writeString(p("low/dir"), ""))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.readAllBytes(p("low/dir"))).isInstanceOf(IOException.class);
  }

  @Test
  void aFullDirectoryIsNotDeleted() {
    assertThatThrownBy(() -> Files.delete(p("low"))).isInstanceOf(DirectoryNotEmptyException.class);
  }

  @Test
  void aDeletedFileIsGone() throws IOException {
    Files.delete(p("low/file"));
    assertThat(Files.exists(p("low/file"))).isFalse();
    assertThat(links(p("low/hard"))).isEqualTo(1);
    assertThat(Files.deleteIfExists(p("low/file"))).isFalse();
  }

  @Test
  void aDirectoryMadeAgainIsEmpty() throws IOException {
    Files.delete(p("low/dir/nested"));
    Files.delete(p("low/dir"));
    Files.createDirectory(p("low/dir"));
    try (Stream<Path> list = Files.list(p("low/dir"))) {
      assertThat(list).isEmpty();
    }
  }

  @Test
  void aDirectoryListsItsNames() throws IOException {
    Files.createFile(p("low/new"));
    Files.delete(p("low/hard"));
    try (DirectoryStream<Path> list = Files.newDirectoryStream(p("low"))) {
      assertThat(list)
          .extracting(Path::getFileName)
          .extracting(Path::toString)
          .containsExactlyInAnyOrder("dir", "file", "link", "new");
    }
    try (DirectoryStream<Path> list = Files.newDirectoryStream(p("low"), "{f,l}*")) {
      assertThat(list).hasSize(2);
    }
  }

  @Test
  void aTreeIsWalkedAndDeleted() throws IOException {
    Files.walkFileTree(
        p("low"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(Files.exists(p("low"))).isFalse();
  }

  @Test
  void movingReplacesOnlyWhenAsked() throws IOException {
    Files.writeString(p("a"), "a");
    assertThatThrownBy(() -> Files.move(p("a"), p("low/file")))
        .isInstanceOf(FileAlreadyExistsException.class);
    Files.move(p("a"), p("low/file"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(p("low/file"))).isEqualTo("a");
    assertThat(Files.readString(p("low/hard"))).isEqualTo("lower text");
  }

  @Test
  void movingADirectoryMovesWhatIsInIt() throws IOException {
    Files.move(p("low"), p("high"));
    assertThat(Files.readString(p("high/dir/nested"))).isEqualTo("nested");
    assertThat(Files.exists(p("low"))).isFalse();
  }

  @Test
  void aDirectoryIsNotMovedIntoItself() {
    assertThatThrownBy(() -> Files.move(p("low"), p("low/dir/low")))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void movingOntoAFullDirectoryIsRefused() throws IOException {
    Files.createDirectory(p("d"));
    assertThatThrownBy(() -> Files.move(p("d"), p("low"), StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
    assertThatThrownBy(() -> Files.move(p("d"), p("low"), StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void movingBetweenTwoNamesOfAFileKeepsBoth() throws IOException {
    Files.move(p("low/file"), p("low/hard"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.exists(p("low/file"))).isTrue();
    assertThat(Files.exists(p("low/hard"))).isTrue();
  }

  @Test
  void aCopyHasTheBytesAndIsIndependent() throws IOException {
    Files.copy(p("low/file"), p("copy"));
    Files.writeString(p("low/file"), "changed");
    assertThat(Files.readString(p("copy"))).isEqualTo("lower text");
    assertThat(links(p("copy"))).isEqualTo(1);
  }

  @Test
  void aCopyKeepsAttributesWhenAsked() throws IOException {
    FileTime time = FileTime.from(Instant.parse("2001-02-03T04:05:06.123456Z"));
    Files.setLastModifiedTime(p("low/file"), time);
    Files.setPosixFilePermissions(p("low/file"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.copy(p("low/file"), p("copy"), StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(Files.getLastModifiedTime(p("copy"))).isEqualTo(time);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p("copy"))))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void copyingALinkFollowsItUnlessTold() throws IOException {
    Files.copy(p("low/link"), p("file"));
    Files.copy(p("low/link"), p("link"), LinkOption.NOFOLLOW_LINKS);
    assertThat(Files.isRegularFile(p("file"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.readSymbolicLink(p("link")).toString()).isEqualTo("file");
  }

  @Test
  void writingThroughALinkWritesItsTarget() throws IOException {
    Files.writeString(p("low/link"), "through");
    assertThat(Files.readString(p("low/file"))).isEqualTo("through");
    assertThat(Files.isSymbolicLink(p("low/link"))).isTrue();
  }

  @Test
  void writingThroughADanglingLinkMakesItsTarget() throws IOException {
    Files.createSymbolicLink(p("dangling"), root.getFileSystem().getPath("made"));
    assertThat(Files.exists(p("dangling"))).isFalse();
    Files.writeString(p("dangling"), "x");
    assertThat(Files.readString(p("made"))).isEqualTo("x");
  }

  @Test
  void aLoopOfLinksIsAnError() throws IOException {
    Files.createSymbolicLink(p("x"), root.getFileSystem().getPath("y"));
    Files.createSymbolicLink(p("y"), root.getFileSystem().getPath("x"));
    assertThatThrownBy(() -> Files.readString(p("x"))).isInstanceOf(FileSystemException.class);
    assertThat(Files.isSymbolicLink(p("x"))).isTrue();
  }

  @Test
  void dotsAreResolvedWhereTheyAreMet() throws IOException {
    Files.createSymbolicLink(p("to"), root.getFileSystem().getPath("low/dir"));
    assertThat(Files.readString(p("to/../file"))).isEqualTo("lower text");
    assertThat(p("to/../link").toRealPath()).isEqualTo(p("low/file").toRealPath());
  }

  @Test
  void timesKeepTheirNanoseconds() throws IOException {
    FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00.000000001Z"));
    Files.setLastModifiedTime(p("low/dir"), time);
    assertThat(Files.getLastModifiedTime(p("low/dir"))).isEqualTo(time);
  }

  @Test
  void modesOwnersAndXattrsAreKept() throws IOException {
    Files.setPosixFilePermissions(p("low/file"), PosixFilePermissions.fromString("r---w---x"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p("low/hard"))))
        .isEqualTo("r---w---x");
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text");
  }

  @Test
  void locksOfOneJvmDoNotOverlap() throws IOException {
    try (FileChannel one = FileChannel.open(p("low/file"), StandardOpenOption.WRITE);
        FileChannel two = FileChannel.open(p("low/hard"), StandardOpenOption.WRITE)) {
      one.lock(0, 10, false);
      assertThatThrownBy(() -> two.tryLock(5, 10, false))
          .isInstanceOf(OverlappingFileLockException.class);
      assertThat(two.tryLock(10, 5, false).isValid()).isTrue();
    }
  }

  @Test
  void streamsAndChannelsOfOptionsAgree() throws IOException {
    assertThatThrownBy(
            () ->
                FileChannel.open(
                    p("a"), StandardOpenOption.APPEND, StandardOpenOption.TRUNCATE_EXISTING))
        .isInstanceOf(IllegalArgumentException.class);
    try (OutputStream out = Files.newOutputStream(p("s"), StandardOpenOption.CREATE_NEW)) {
      out.write(new byte[] {1, 2, 3});
    }
    try (InputStream in = Files.newInputStream(p("s"), StandardOpenOption.DELETE_ON_CLOSE)) {
      assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    }
    assertThat(Files.exists(p("s"))).isFalse();
  }

  @Test
  void aTemporaryFileIsMadeWhereAsked() throws IOException {
    Path file = Files.createTempFile(root, "a", ".b");
    Path folder = Files.createTempDirectory(root, "c");
    assertThat(List.of(Files.isRegularFile(file), Files.isDirectory(folder)))
        .containsExactly(true, true);
  }
}
