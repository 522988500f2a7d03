// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** The options of opening a file. */
interface OpenOptionContract extends ContractFixture {

  @Test
  default void createNewRefusesWhatExists() {
    assertThatThrownBy(() -> Files.createFile(p("low/file")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.createDirectory(p("low/dir")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(
            () -> Files.createSymbolicLink(p("low/link"), root().getFileSystem().getPath("x")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.createLink(p("low/hard"), p("low/file")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  default void streamsAndChannelsOfOptionsAgree() throws IOException {
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
  default void aMissingFileIsMadeOnlyWhenAsked() {
    assertThatThrownBy(() -> Files.write(p("a"), new byte[1], StandardOpenOption.WRITE))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.write(p("a"), new byte[1], StandardOpenOption.APPEND))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.write(p("a"), new byte[1], StandardOpenOption.TRUNCATE_EXISTING))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void creatingForReadingMakesNothing() {
    assertThatThrownBy(
            () -> Files.newByteChannel(p("a"), StandardOpenOption.READ, StandardOpenOption.CREATE))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void createNewWinsOverCreate() {
    assertThatThrownBy(
            () ->
                Files.newByteChannel(
                    p("low/file"),
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.CREATE_NEW))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  default void createNewDoesNotFollowALink() throws IOException {
    Files.createSymbolicLink(p("dangling"), root().getFileSystem().getPath("made"));
    assertThatThrownBy(() -> Files.createFile(p("dangling")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.exists(p("made"))).isFalse();
  }

  @Test
  default void openingALinkItselfIsRefused() {
    assertThatThrownBy(() -> Files.newByteChannel(p("low/link"), LinkOption.NOFOLLOW_LINKS))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                Files.newOutputStream(
                    p("low/link"), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))
        .isInstanceOf(IOException.class);
  }

  @Test
  default void readingAndAppendingExcludeEachOther() {
    assertThatThrownBy(
            () ->
                Files.newByteChannel(
                    p("low/file"), StandardOpenOption.READ, StandardOpenOption.APPEND))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aStreamOfInputDoesNotWrite() {
    assertThatThrownBy(() -> Files.newInputStream(p("low/file"), StandardOpenOption.WRITE))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> Files.newInputStream(p("low/file"), StandardOpenOption.APPEND))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  default void aStreamOfOutputDoesNotRead() {
    assertThatThrownBy(() -> Files.newOutputStream(p("low/file"), StandardOpenOption.READ))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aFileIsDeletedWhenItIsClosed() throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            p("a"), StandardOpenOption.CREATE, StandardOpenOption.DELETE_ON_CLOSE)) {
      out.write(1);
    }
    assertThat(Files.notExists(p("a"))).isTrue();
  }

  @Test
  default void aFileIsMadeWithTheModeAsked() throws IOException {
    Files.createFile(
        p("a"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p("a"))))
        .isEqualTo("r--------");
  }

  @Test
  default void attributesThatCannotBeSetAtOnceAreRefused() {
    assertThatThrownBy(
            () ->
                Files.createFile(
                    p("a"),
                    new java.nio.file.attribute.FileAttribute<FileTime>() {
                      @Override
                      public String name() {
                        return "basic:lastModifiedTime";
                      }

                      @Override
                      public FileTime value() {
                        return FileTime.fromMillis(0);
                      }
                    }))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Files.exists(p("a"))).isFalse();
  }
}
