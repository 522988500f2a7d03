// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** Files that are open while they are moved, deleted, replaced or written by others. */
interface OpenFileContract extends ContractFixture {

  private static String read(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int n = channel.read(buffer, position);
    return n < 0 ? "end" : new String(buffer.array(), 0, n, UTF_8);
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private FileChannel both(String path) throws IOException {
    return FileChannel.open(p(path), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Test
  default void aReaderSeesWhatIsWrittenLater() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/dir/nested"))) {
      Files.writeString(p("low/dir/nested"), "NESTED!");
      ByteBuffer buffer = ByteBuffer.allocate(20);
      assertThat(reader.read(buffer)).isEqualTo(7);
      assertThat(new String(buffer.array(), 0, 7, UTF_8)).isEqualTo("NESTED!");
    }
  }

  @Test
  default void aReaderOfALinkedFileSeesWhatIsWrittenLater() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/hard"))) {
      Files.writeString(p("low/file"), "changed");
      assertThat(reader.size()).isEqualTo(7);
    }
  }

  @Test
  default void aReaderKeepsAFileThatWasDeletedAndMadeAgain() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/dir/nested"))) {
      Files.delete(p("low/dir/nested"));
      Files.writeString(p("low/dir/nested"), "another one");
      assertThat(reader.size()).isEqualTo(6);
    }
  }

  @Test
  default void aReaderFollowsAFileWhoseDirectoryIsMoved() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/dir/nested"))) {
      Files.move(p("low/dir"), p("moved"), StandardCopyOption.ATOMIC_MOVE);
      Files.writeString(p("moved/nested"), "12345678");
      assertThat(reader.size()).isEqualTo(8);
    }
  }

  @Test
  default void aWriterKeepsItsFileWhenItIsDeleted() throws IOException {
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
  default void aWriterWritesToAFileThatWasMoved() throws IOException {
    try (OutputStream out = Files.newOutputStream(p("low/dir/nested"))) {
      Files.move(p("low/dir/nested"), p("b"));
      out.write('x');
    }
    assertThat(Files.readString(p("b"))).isEqualTo("x");
  }

  @Test
  default void severalAppendersDoNotOverwriteEachOther() throws IOException {
    try (FileChannel one = FileChannel.open(p("low/file"), StandardOpenOption.APPEND);
        FileChannel two = FileChannel.open(p("low/hard"), StandardOpenOption.APPEND)) {
      one.write(text("1"));
      two.write(text("2"));
      one.write(text("3"));
      assertThat(one.position()).isEqualTo(13);
    }
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text123");
  }

  @Test
  default void twoChannelsSeeEachOther() throws IOException {
    try (FileChannel one = both("low/file");
        FileChannel two = both("low/file")) {
      one.write(text("LOW"), 0);
      assertThat(read(two, 0, 100)).isEqualTo("LOWer text");
      two.truncate(2);
      assertThat(one.size()).isEqualTo(2);
    }
  }

  @Test
  default void aClosedChannelSaysSo() throws IOException {
    FileChannel channel = both("low/file");
    channel.close();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> channel.write(text("x"))).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(channel::position).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> channel.position(0)).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> channel.truncate(0)).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> channel.force(true)).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(channel::tryLock).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  default void aReaderOutlivesTheLastName() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/file"))) {
      Files.delete(p("low/file"));
      Files.delete(p("low/hard"));
      assertThat(read(reader, 0, 100)).isEqualTo("lower text");
    }
  }

  @Test
  default void aReaderKeepsAFileThatIsReplaced() throws IOException {
    Files.writeString(p("a"), "other");
    try (FileChannel reader = FileChannel.open(p("low/file"))) {
      Files.move(p("a"), p("low/file"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(read(reader, 0, 100)).isEqualTo("lower text");
    }
  }

  @Test
  default void aWriterOutlivesItsDirectory() throws IOException {
    Files.createDirectory(p("d"));
    try (FileChannel channel =
        FileChannel.open(
            p("d/f"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      Files.delete(p("d/f"));
      Files.delete(p("d"));
      channel.write(text("still here"));
      assertThat(read(channel, 0, 100)).isEqualTo("still here");
    }
  }
}
