// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.MalformedInputException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reading and writing whole files, and the options of opening one. */
interface ReadWriteContract extends ContractFixture {

  @Test
  default void aWrittenFileIsReadBack() throws IOException {
    Files.writeString(p("a"), "hello");
    assertThat(Files.readString(p("a"))).isEqualTo("hello");
    assertThat(Files.size(p("a"))).isEqualTo(5);
  }

  @Test
  default void aLowerFileIsRead() throws IOException {
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text");
  }

  @Test
  default void aLowerFileIsOverwritten() throws IOException {
    Files.writeString(p("low/file"), "new");
    assertThat(Files.readString(p("low/file"))).isEqualTo("new");
  }

  @Test
  default void appendingWritesAtTheEnd() throws IOException {
    Files.writeString(p("low/file"), "+", StandardOpenOption.APPEND);
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text+");
  }

  @Test
  default void aLargeFileIsReadBackAtAnyPosition() throws IOException {
    byte[] bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);
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
  default void whatIsMissingIsNoSuchFile() {
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
  default void aFileIsNoDirectory() {
    assertThatThrownBy(() -> Files.readString(p("low/file/x")))
        .isInstanceOf(FileSystemException.class)
        .isNotInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.newDirectoryStream(p("low/file")).close())
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> Files.readSymbolicLink(p("low/file")))
        .isInstanceOf(NotLinkException.class);
  }

  @Test
  default void aDirectoryIsNotWritten() {
    assertThatThrownBy(() -> Files.writeString(p("low/dir"), ""))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.readAllBytes(p("low/dir"))).isInstanceOf(IOException.class);
  }

  @Test
  default void aDeletedFileIsGone() throws IOException {
    Files.delete(p("low/file"));
    assertThat(Files.exists(p("low/file"))).isFalse();
    assertThat(ContractFixture.links(p("low/hard"))).isEqualTo(1);
    assertThat(Files.deleteIfExists(p("low/file"))).isFalse();
  }

  @Test
  default void aTemporaryFileIsMadeWhereAsked() throws IOException {
    Path file = Files.createTempFile(root(), "a", ".b");
    Path folder = Files.createTempDirectory(root(), "c");
    assertThat(List.of(Files.isRegularFile(file), Files.isDirectory(folder)))
        .containsExactly(true, true);
  }

  @Test
  default void aNewFileIsEmpty() throws IOException {
    Files.createFile(p("a"));
    assertThat(Files.size(p("a"))).isZero();
    assertThat(Files.readAllBytes(p("a"))).isEmpty();
  }

  @Test
  default void writingMakesTheFileShorter() throws IOException {
    Files.writeString(p("low/file"), "x");
    assertThat(Files.size(p("low/file"))).isEqualTo(1);
  }

  @Test
  default void withoutTruncationTheRestStays() throws IOException {
    Files.write(p("low/file"), new byte[] {'L'}, StandardOpenOption.WRITE);
    assertThat(Files.readString(p("low/file"))).isEqualTo("Lower text");
  }

  @Test
  default void linesAreWrittenAndRead() throws IOException {
    Files.write(p("a"), List.of("one", "two", "drei"));
    assertThat(Files.readAllLines(p("a"))).containsExactly("one", "two", "drei");
    try (Stream<String> lines = Files.lines(p("a"))) {
      assertThat(lines).hasSize(3);
    }
  }

  @Test
  default void linesAreAppended() throws IOException {
    Files.write(p("a"), List.of("one"));
    Files.write(p("a"), List.of("two"), StandardOpenOption.APPEND);
    assertThat(Files.readAllLines(p("a"))).containsExactly("one", "two");
  }

  @Test
  default void writersAndReadersOfTextWork() throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(p("a"))) {
      writer.write("größer\n");
    }
    try (BufferedReader reader = Files.newBufferedReader(p("a"))) {
      assertThat(reader.readLine()).isEqualTo("größer");
    }
  }

  @Test
  default void whatIsNoTextIsMalformed() throws IOException {
    Files.write(p("a"), new byte[] {(byte) 0xFF});
    assertThatThrownBy(() -> Files.readString(p("a"))).isInstanceOf(MalformedInputException.class);
  }

  @Test
  default void mismatchFindsTheFirstDifference() throws IOException {
    Files.writeString(p("a"), "lower TEXT");
    assertThat(Files.mismatch(p("a"), p("low/file"))).isEqualTo(6);
    assertThat(Files.mismatch(p("low/hard"), p("low/file"))).isEqualTo(-1);
  }

  @Test
  default void aStreamSkipsAndTellsWhatIsAvailable() throws IOException {
    try (InputStream in = Files.newInputStream(p("low/file"))) {
      assertThat(in.skip(6)).isEqualTo(6);
      assertThat(in.available()).isEqualTo(4);
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("text");
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  default void aStreamIsCopiedIntoAFile() throws IOException {
    try (InputStream in = Files.newInputStream(p("low/file"))) {
      assertThat(Files.copy(in, p("a"))).isEqualTo(10);
    }
    try (InputStream in = Files.newInputStream(p("low/file"))) {
      assertThatThrownBy(() -> Files.copy(in, p("a")))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(Files.copy(in, p("a"), StandardCopyOption.REPLACE_EXISTING)).isEqualTo(10);
    }
  }

  @Test
  default void aFileIsCopiedIntoAStream() throws IOException {
    try (OutputStream out = Files.newOutputStream(p("a"))) {
      assertThat(Files.copy(p("low/file"), out)).isEqualTo(10);
    }
    assertThat(Files.readString(p("a"))).isEqualTo("lower text");
  }

  @Test
  default void deletingIfExistsTellsWhetherItDid() throws IOException {
    assertThat(Files.deleteIfExists(p("low/dir/nested"))).isTrue();
    assertThat(Files.deleteIfExists(p("low/dir/nested"))).isFalse();
    assertThatThrownBy(() -> Files.deleteIfExists(p("low")))
        .isInstanceOf(DirectoryNotEmptyException.class);
  }

  @Test
  default void aFileBelowAFileIsNeitherThereNorMissingWithoutError() {
    assertThat(Files.exists(p("low/file/x"))).isFalse();
    assertThatThrownBy(() -> Files.delete(p("low/file/x")))
        .isInstanceOf(FileSystemException.class)
        .isNotInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void aFileCanBeWrittenManyTimes() throws IOException {
    for (int i = 0; i < 100; i++) {
      Files.writeString(p("a"), "x".repeat(i * 331 % 1000));
      assertThat(Files.size(p("a"))).isEqualTo(i * 331 % 1000);
    }
  }

  @Test
  default void temporaryFilesAreOnesOwn() throws IOException {
    Path file = Files.createTempFile(root(), "x", null);
    assertThat(file.getFileName().toString()).startsWith("x").endsWith(".tmp");
    assertThat(Files.createTempFile(root(), "x", null)).isNotEqualTo(file);
  }
}
