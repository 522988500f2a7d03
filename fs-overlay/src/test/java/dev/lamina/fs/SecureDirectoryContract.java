// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Directory streams that stay with their directory when it is moved. */
@SuppressWarnings("StreamResourceLeak") // whoever opens one here closes it
interface SecureDirectoryContract extends ContractFixture {

  private SecureDirectoryStream<Path> open(String path) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(p(path));
    boolean secure = stream instanceof SecureDirectoryStream;
    if (!secure) {
      stream.close();
    }
    assumeTrue(secure, "the host's directory streams are not secure");
    return (SecureDirectoryStream<Path>) stream;
  }

  private Path relative(String path) {
    return root().getFileSystem().getPath(path);
  }

  @Test
  default void aFileIsReadThroughAMovedDirectory() throws IOException {
    try (SecureDirectoryStream<Path> stream = open("low/dir")) {
      Files.move(p("low/dir"), p("elsewhere"));
      Files.createDirectory(p("low/dir"));
      Files.writeString(p("low/dir/nested"), "an impostor");
      try (SeekableByteChannel channel =
          stream.newByteChannel(relative("nested"), Set.of(StandardOpenOption.READ))) {
        assertThat(channel.size()).isEqualTo(6);
      }
    }
  }

  @Test
  default void aFileIsWrittenThroughAMovedDirectory() throws IOException {
    try (SecureDirectoryStream<Path> stream = open("low/dir")) {
      Files.move(p("low/dir"), p("elsewhere"));
      Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (SeekableByteChannel channel = stream.newByteChannel(relative("new"), options)) {
        channel.write(ByteBuffer.wrap(new byte[3]));
      }
    }
    assertThat(Files.size(p("elsewhere/new"))).isEqualTo(3);
  }

  @Test
  default void linksAreNotFollowedWhenAsked() throws IOException {
    try (SecureDirectoryStream<Path> stream = open("low")) {
      assertThatThrownBy(
              () ->
                  stream.newByteChannel(
                      relative("link"), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))
          .isInstanceOf(IOException.class);
      stream.newByteChannel(relative("link"), Set.of(StandardOpenOption.READ)).close();
    }
  }

  @Test
  default void directoriesBelowAreOpened() throws IOException {
    try (SecureDirectoryStream<Path> stream = open("low");
        SecureDirectoryStream<Path> below = stream.newDirectoryStream(relative("dir"))) {
      assertThat(below).extracting(path -> path.getFileName().toString()).containsExactly("nested");
    }
  }

  @Test
  default void aLinkToADirectoryIsNotOpenedWhenNotFollowed() throws IOException {
    Files.createSymbolicLink(p("low/to"), relative("dir"));
    try (SecureDirectoryStream<Path> stream = open("low")) {
      assertThatThrownBy(
              () -> stream.newDirectoryStream(relative("to"), LinkOption.NOFOLLOW_LINKS).close())
          .isInstanceOf(FileSystemException.class);
      stream.newDirectoryStream(relative("to")).close();
    }
  }

  @Test
  default void filesAndDirectoriesAreDeleted() throws IOException {
    try (SecureDirectoryStream<Path> stream = open("low")) {
      assertThatThrownBy(() -> stream.deleteFile(relative("dir")))
          .isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> stream.deleteDirectory(relative("file")))
          .isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> stream.deleteDirectory(relative("dir")))
          .isInstanceOf(DirectoryNotEmptyException.class);
      stream.deleteFile(relative("link"));
      assertThat(Files.exists(p("low/link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
      Files.delete(p("low/dir/nested"));
      stream.deleteDirectory(relative("dir"));
      assertThatThrownBy(() -> stream.deleteFile(relative("no")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  default void aFileIsMovedBetweenDirectories() throws IOException {
    try (SecureDirectoryStream<Path> from = open("low");
        SecureDirectoryStream<Path> to = open("low/dir")) {
      from.move(relative("file"), to, relative("moved"));
    }
    assertThat(Files.readString(p("low/dir/moved"))).isEqualTo("lower text");
    assertThat(Files.exists(p("low/file"))).isFalse();
  }

  @Test
  default void attributesAreThoseOfTheMovedDirectory() throws IOException {
    try (SecureDirectoryStream<Path> stream = open("low/dir")) {
      Files.move(p("low/dir"), p("elsewhere"));
      FileTime time = FileTime.fromMillis(1_000_000_000_000L);
      BasicFileAttributeView view = stream.getFileAttributeView(BasicFileAttributeView.class);
      assertThat(view.readAttributes().isDirectory()).isTrue();
      stream
          .getFileAttributeView(relative("nested"), PosixFileAttributeView.class)
          .setTimes(time, null, null);
      assertThat(Files.getLastModifiedTime(p("elsewhere/nested"))).isEqualTo(time);
    }
  }

  @Test
  default void aClosedSecureStreamRefusesEverything() throws IOException {
    SecureDirectoryStream<Path> stream = open("low");
    stream.close();
    assertThatThrownBy(() -> stream.deleteFile(relative("file")))
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThatThrownBy(() -> stream.newByteChannel(relative("file"), Set.of()))
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThat(Files.exists(p("low/file"))).isTrue();
  }
}
