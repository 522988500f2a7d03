// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contents of host files that somebody else opens and checks. */
class ContentOpenerTest {
  @TempDir Path folder;
  private Path file;
  private final List<String> calls = new ArrayList<>();
  private boolean isRefused;

  private final ContentOpener opener =
      path -> {
        calls.add("open");
        FileChannel channel = FileChannel.open(path);
        return new ContentOpener.Opened() {
          @Override
          public FileChannel channel() {
            return channel;
          }

          @Override
          public void check() throws IOException {
            calls.add("check");
            if (isRefused) {
              throw new IOException("refused");
            }
          }

          @Override
          public void close() throws IOException {
            calls.add("close");
            channel.close();
          }
        };
      };

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.writeString(folder.resolve("f"), "0123456789");
  }

  /** Reads all of a content. */
  private interface Reader {
    void read(Content content) throws IOException;
  }

  static Stream<Named<Reader>> ways() {
    return Stream.of(
        Named.of(
            "into a buffer",
            content -> {
              int unused = content.read(0, ByteBuffer.allocate(20));
            }),
        Named.of("to a stream", content -> content.writeTo(OutputStream.nullOutputStream())),
        Named.of(
            "to a channel",
            content -> content.writeTo(Channels.newChannel(OutputStream.nullOutputStream()))));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void isOpenedAndCheckedOnceHoweverItIsRead(Reader reader) throws IOException {
    for (Content content :
        List.of(
            Content.ofFile(file, 0, 10, opener), Content.ofFile(file, 0, 10, opener).slice(3, 4))) {
      reader.read(content);
      assertThat(calls).containsExactly("open", "check", "close");
      calls.clear();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void bytesThatAreRefusedAreAnErrorHoweverTheyAreRead(Reader reader) {
    isRefused = true;
    assertThatThrownBy(() -> reader.read(Content.ofFile(file, 0, 10, opener)))
        .hasMessage("refused");
    assertThat(calls).endsWith("close");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void fileThatEndedIsCheckedBeforeItIsAnError(Reader reader) {
    assertThatThrownBy(() -> reader.read(Content.ofFile(file, 10, 1, opener)))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("refused");
    isRefused = true;
    assertThatThrownBy(() -> reader.read(Content.ofFile(file, 10, 1, opener)))
        .hasMessage("refused");
  }

  @Test
  void contentsOfOneFileByOtherOpenersAreOthers() {
    assertThat(Content.ofFile(file, 0, 10, opener))
        .isEqualTo(Content.ofFile(file, 0, 10, opener))
        .isNotEqualTo(Content.ofFile(file, 0, 10));
  }
}
