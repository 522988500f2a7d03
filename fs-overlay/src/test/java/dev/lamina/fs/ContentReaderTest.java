// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a reader opens for contents that it reads one after the other, and for how long. */
class ContentReaderTest {
  @TempDir private Path folder;
  private final ContentReader reader = new ContentReader();
  private final List<String> looks = new ArrayList<>();
  private final ContentOpener opener = this::open;
  private Content a;
  private Content b;

  private final class Opened implements ContentOpener.Opened {
    private final String name;
    private final FileChannel channel;

    Opened(Path file) throws IOException {
      name = file.getFileName().toString();
      channel = FileChannel.open(file);
      looks.add("open " + name);
    }

    @Override
    public FileChannel channel() {
      return channel;
    }

    @Override
    public void check() {
      looks.add("check " + name);
    }

    @Override
    public void close() throws IOException {
      looks.add("close " + name);
      channel.close();
    }
  }

  private ContentOpener.Opened open(Path file) throws IOException {
    return new Opened(file);
  }

  @BeforeEach
  void makeFiles() throws IOException {
    a = content("a", "some text");
    b = content("b", "other text");
  }

  private Content content(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Content.ofFile(file, 0, text.length(), opener);
  }

  private String read(Content content) throws IOException {
    try (InputStream in = reader.open(content)) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }

  @Test
  void partsOfOneFileAreReadByOpeningItOnce() throws IOException {
    assertThat(read(a.slice(0, 4))).isEqualTo("some");
    assertThat(read(a.slice(5, 4))).isEqualTo("text");
    assertThat(read(a)).isEqualTo("some text");
    reader.close();
    assertThat(looks).containsExactly("open a", "check a", "check a", "check a", "close a");
  }

  @Test
  void fileIsClosedWhenAnotherIsRead() throws IOException {
    assertThat(read(a)).isEqualTo("some text");
    assertThat(read(b)).isEqualTo("other text");
    assertThat(looks).containsExactly("open a", "check a", "close a", "open b", "check b");
    reader.close();
  }

  @Test
  void fileOfAnotherOpenerIsOpenedByThat() throws IOException {
    assertThat(read(a)).isEqualTo("some text");
    assertThat(read(Content.ofFile(folder.resolve("a")))).isEqualTo("some text");
    assertThat(looks).containsExactly("open a", "check a", "close a");
    reader.close();
  }

  @Test
  void contentInMemoryLeavesTheFileOpen() throws IOException {
    assertThat(read(a)).isEqualTo("some text");
    assertThat(read(Content.of("memory".getBytes(US_ASCII)))).isEqualTo("memory");
    assertThat(read(a)).isEqualTo("some text");
    assertThat(looks).doesNotContain("close a");
    reader.close();
  }

  @Test
  void readsOnAfterAFileThatIsNotThereAndAfterItWasClosed() throws IOException {
    Files.delete(folder.resolve("b"));
    assertThat(read(a)).isEqualTo("some text");
    assertThatThrownBy(() -> read(b)).isInstanceOf(NoSuchFileException.class);
    assertThat(read(a)).isEqualTo("some text");
    reader.close();
    reader.close();
    assertThat(read(a)).isEqualTo("some text");
    reader.close();
    assertThat(looks.stream().filter("close a"::equals)).hasSize(3);
  }
}
