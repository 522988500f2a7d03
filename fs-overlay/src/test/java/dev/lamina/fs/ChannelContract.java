// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Channels: positions, sparse files, truncation, transfers, what is closed or deleted. */
interface ChannelContract extends ContractFixture {

  @Test
  default void appendingIgnoresThePosition() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"), StandardOpenOption.APPEND)) {
      channel.position(0);
      channel.write(ByteBuffer.wrap(new byte[] {'!'}));
    }
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text!");
  }

  @Test
  default void aGapIsFilledWithZeros() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {7}), 40_000);
    }
    byte[] bytes = Files.readAllBytes(p("low/file"));
    assertThat(bytes).hasSize(40_001).startsWith('l', 'o', 'w').endsWith(0, 0, 7);
    assertThat(bytes[20_000]).isZero();
  }

  @Test
  default void truncatingCutsTheEndOff() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"), StandardOpenOption.WRITE)) {
      channel.truncate(3);
      channel.write(ByteBuffer.wrap(new byte[] {'!'}), 5);
    }
    assertThat(Files.readAllBytes(p("low/file"))).containsExactly('l', 'o', 'w', 0, 0, '!');
  }

  @Test
  default void truncatingToMoreChangesNothing() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"), StandardOpenOption.WRITE)) {
      channel.truncate(100);
      assertThat(channel.size()).isEqualTo(10);
    }
  }

  /** A channel that reads and writes. */
  private FileChannel both(String path) throws IOException {
    return FileChannel.open(p(path), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String read(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int n = channel.read(buffer, position);
    return n < 0 ? "end" : new String(buffer.array(), 0, n, UTF_8);
  }

  @Test
  default void readingMovesThePosition() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(p("low/file"))) {
      channel.read(ByteBuffer.allocate(4));
      assertThat(channel.position()).isEqualTo(4);
      channel.read(ByteBuffer.allocate(100));
      assertThat(channel.position()).isEqualTo(10);
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  default void aReadAtAPositionMovesNothing() throws IOException {
    try (FileChannel channel = both("low/file")) {
      assertThat(read(channel, 6, 100)).isEqualTo("text");
      assertThat(read(channel, 10, 1)).isEqualTo("end");
      assertThat(read(channel, 1_000, 1)).isEqualTo("end");
      assertThat(channel.position()).isZero();
    }
  }

  @Test
  default void aWriteAtAPositionMovesNothing() throws IOException {
    try (FileChannel channel = both("low/file")) {
      assertThat(channel.write(text("TEXT"), 6)).isEqualTo(4);
      assertThat(channel.position()).isZero();
      assertThat(read(channel, 0, 100)).isEqualTo("lower TEXT");
    }
  }

  @Test
  default void aPositionBehindTheEndIsAllowed() throws IOException {
    try (FileChannel channel = both("low/file")) {
      channel.position(100);
      assertThat(channel.position()).isEqualTo(100);
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(channel.size()).isEqualTo(10);
      channel.write(text("!"));
      assertThat(channel.size()).isEqualTo(101);
    }
  }

  @Test
  default void negativePositionsAreRefused() throws IOException {
    try (FileChannel channel = both("low/file")) {
      assertThatThrownBy(() -> channel.position(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), -1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1), -1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> channel.truncate(-1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void readingIntoNoSpaceReadsNothing() throws IOException {
    try (FileChannel channel = both("low/file")) {
      assertThat(channel.read(ByteBuffer.allocate(0))).isZero();
    }
  }

  @Test
  default void anEmptyWriteChangesNothing() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(p("low/file"), old);
    try (FileChannel channel = both("low/file")) {
      assertThat(channel.write(ByteBuffer.allocate(0), 500)).isZero();
      assertThat(channel.size()).isEqualTo(10);
    }
    assertThat(Files.getLastModifiedTime(p("low/file"))).isEqualTo(old);
  }

  @Test
  default void severalBuffersAreReadAndWritten() throws IOException {
    try (FileChannel channel = both("low/file")) {
      ByteBuffer[] buffers = {
        ByteBuffer.allocate(2), ByteBuffer.allocate(0), ByteBuffer.allocate(5)
      };
      assertThat(channel.read(buffers)).isEqualTo(7);
      assertThat(new String(buffers[2].array(), UTF_8)).isEqualTo("wer t");
      assertThat(channel.write(new ByteBuffer[] {text("A"), text("BC")})).isEqualTo(3);
      assertThat(read(channel, 0, 20)).isEqualTo("lower tABC");
    }
  }

  @Test
  default void directAndReadOnlyBuffersWork() throws IOException {
    try (FileChannel channel = both("low/file")) {
      ByteBuffer direct = ByteBuffer.allocateDirect(5);
      assertThat(channel.read(direct)).isEqualTo(5);
      assertThat(UTF_8.decode(direct.flip()).toString()).isEqualTo("lower");
      assertThat(channel.write(direct.flip().asReadOnlyBuffer(), 5)).isEqualTo(5);
      assertThat(read(channel, 0, 20)).isEqualTo("lowerlower");
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void writesOverSeveralBlocksAreReadBack() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(2).nextBytes(bytes);
    Files.write(p("big"), bytes);
    byte[] patch = new byte[40_000];
    new Random(3).nextBytes(patch);
    try (FileChannel channel = both("big")) {
      channel.write(ByteBuffer.wrap(patch), 12_345);
    }
    System.arraycopy(patch, 0, bytes, 12_345, patch.length);
    assertThat(Files.readAllBytes(p("big"))).isEqualTo(bytes);
  }

  @Test
  default void aSparseFileReadsAsZeros() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            p("sparse"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      channel.write(text("end"), 1L << 33);
      assertThat(channel.size()).isEqualTo((1L << 33) + 3);
      assertThat(read(channel, 1L << 32, 3)).isEqualTo("\0\0\0");
      assertThat(read(channel, (1L << 33) - 1, 10)).isEqualTo("\0end");
    }
  }

  @Test
  default void truncatingMovesThePositionBack() throws IOException {
    try (FileChannel channel = both("low/file")) {
      channel.position(8);
      channel.truncate(3);
      assertThat(channel.position()).isEqualTo(3);
      channel.position(1).truncate(2);
      assertThat(channel.position()).isEqualTo(1);
    }
  }

  @Test
  default void whatWasCutOffDoesNotComeBack() throws IOException {
    byte[] bytes = new byte[50_000];
    Arrays.fill(bytes, (byte) 'x');
    Files.write(p("big"), bytes);
    try (FileChannel channel = both("big")) {
      channel.truncate(20_000);
      channel.write(text("!"), 49_999);
      assertThat(read(channel, 19_999, 3)).isEqualTo("x\0\0");
      assertThat(read(channel, 49_998, 5)).isEqualTo("\0!");
    }
  }

  @Test
  default void truncatingToNothingAndWritingAgainWorks() throws IOException {
    try (FileChannel channel = both("low/file")) {
      channel.truncate(0);
      assertThat(channel.size()).isZero();
      channel.write(text("new"));
    }
    assertThat(Files.readString(p("low/hard"))).isEqualTo("new");
  }

  @Test
  default void transferToCopiesAPart() throws IOException {
    try (FileChannel from = both("low/file");
        FileChannel to =
            FileChannel.open(p("a"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(from.transferTo(6, 100, to)).isEqualTo(4);
      assertThat(from.transferTo(100, 1, to)).isZero();
      assertThat(from.position()).isZero();
    }
    assertThat(Files.readString(p("a"))).isEqualTo("text");
  }

  @Test
  default void transferFromCopiesAPart() throws IOException {
    try (FileChannel from = both("low/file");
        FileChannel to = both("low/dir/nested")) {
      assertThat(to.transferFrom(from, 6, 3)).isEqualTo(3);
      assertThat(from.position()).isEqualTo(3);
      assertThat(to.position()).isZero();
    }
    assertThat(Files.readString(p("low/dir/nested"))).isEqualTo("nestedlow");
  }

  @Test
  default void forcingIsAllowed() throws IOException {
    try (FileChannel channel = both("low/file")) {
      channel.force(true);
      channel.force(false);
    }
  }

  @Test
  default void aFileIsMappedForReading() throws IOException {
    try (FileChannel channel = both("low/file")) {
      MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 6, 4);
      assertThat(UTF_8.decode(map).toString()).isEqualTo("text");
      assertThat(channel.map(FileChannel.MapMode.PRIVATE, 0, 2).put(0, (byte) 'X').get(0))
          .isEqualTo((byte) 'X');
      assertThat(read(channel, 0, 1)).isEqualTo("l");
    }
  }

  @Test
  default void aReaderDoesNotWrite() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"))) {
      assertThatThrownBy(() -> channel.write(text("x")))
          .isInstanceOf(NonWritableChannelException.class);
      assertThatThrownBy(() -> channel.truncate(0)).isInstanceOf(NonWritableChannelException.class);
      assertThatThrownBy(() -> channel.write(text("x"), 0))
          .isInstanceOf(NonWritableChannelException.class);
    }
  }

  @Test
  default void aWriterDoesNotRead() throws IOException {
    try (FileChannel channel = FileChannel.open(p("low/file"), StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
          .isInstanceOf(NonReadableChannelException.class);
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 0))
          .isInstanceOf(NonReadableChannelException.class);
    }
  }

  @Test
  default void aDirectoryIsNoChannelToReadFrom() {
    assertThatThrownBy(
            () -> {
              try (SeekableByteChannel channel = Files.newByteChannel(p("low/dir"))) {
                channel.read(ByteBuffer.allocate(1));
              }
            })
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.newByteChannel(p("low/dir"), StandardOpenOption.WRITE))
        .isInstanceOf(FileSystemException.class);
  }
}
