// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md says is refused: the message has what was asked and what there is instead. */
class RefusedTest {
  private static OverlayFileSystem files;
  private static Path file;

  private enum Odd implements OpenOption, CopyOption {
    ODD
  }

  private record OddAttribute(String name, Integer value) implements FileAttribute<Integer> {}

  private record OddEvent(String name, Class<Object> type) implements WatchEvent.Kind<Object> {}

  @BeforeAll
  static void open() throws IOException {
    files = OverlayFileSystem.over(FileTree.empty());
    file = Files.writeString(files.getPath("/file"), "content");
  }

  @AfterAll
  static void close() throws IOException {
    files.close();
  }

  static Stream<Arguments> refused() {
    Path other = files.getPath("/other");
    FileAttribute<?> owner = new OddAttribute("unix:uid", 7);
    return Stream.of(
        row(() -> map(FileChannel.MapMode.READ_WRITE), "READ_WRITE map", "PRIVATE"),
        row(
            () -> AsynchronousFileChannel.open(file, StandardOpenOption.APPEND).close(),
            "APPEND",
            "a FileChannel"),
        row(
            () -> Files.newInputStream(file, StandardOpenOption.WRITE).close(),
            "WRITE",
            "an output stream"),
        row(() -> Files.newByteChannel(file, Odd.ODD).close(), "ODD", "StandardOpenOption"),
        row(() -> Files.copy(file, other, Odd.ODD), "ODD", "StandardCopyOption"),
        row(
            () -> Files.copy(file, other, StandardCopyOption.ATOMIC_MOVE),
            "ATOMIC_MOVE",
            "move that"),
        row(
            () -> Files.move(file, other, StandardCopyOption.COPY_ATTRIBUTES),
            "COPY_ATTRIBUTES",
            "keeps"),
        row(
            () -> Files.readAttributes(file, DosFileAttributes.class),
            "DosFileAttributes",
            "PosixFileAttributes"),
        row(
            () -> Files.getAttribute(file, "dos:hidden"),
            "'dos'",
            "[basic, owner, posix, unix, user, xattr]"),
        row(() -> Files.createFile(other, owner), "'unix:uid'", "unix:mode"),
        row(() -> Files.createSymbolicLink(other, file, owner), "symbolic link", "when the link"),
        row(() -> Files.getFileStore(file).getAttribute("color"), "'color'", "usableSpace"),
        row(() -> files.getPathMatcher("sql:%.java"), "'sql'", "glob or regex"),
        row(
            () ->
                files
                    .getPath("/")
                    .register(files.newWatchService(), new OddEvent("ODD", Object.class)),
            "ODD",
            "StandardWatchEventKinds"));
  }

  private static Arguments row(ThrowingCallable call, String asked, String instead) {
    return arguments(asked, instead, call);
  }

  private static void map(FileChannel.MapMode mode) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.map(mode, 0, 1).force();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefused(String asked, String instead, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll(asked, instead);
  }
}
