// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody swaps what is in a folder after it was looked at, and swaps it back before it is looked
 * at once more: a path then leads outside only while a file is opened.
 */
class SwappedFolderTest {
  private static final String INSIDE = "of the context";
  private static final String OUTSIDE = "of the host...";

  @TempDir Path temp;
  private Path folder;
  private Path outside;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = Files.createDirectories(temp.resolve("context"));
    outside = Files.createDirectories(temp.resolve("outside"));
    write(folder.resolve("a/b/f"), INSIDE);
    write(folder.resolve("a/b/other"), INSIDE);
    write(folder.resolve("other/b/f"), OUTSIDE);
    write(outside.resolve("b/f"), OUTSIDE);
    write(outside.resolve("f"), OUTSIDE);
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      assumeTrue(
          stream instanceof SecureDirectoryStream,
          "skipped: nothing can be opened relative to a directory here");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Content content(FileTree tree, String path) {
    return ((Node.File) tree.node(TreePath.of(path)).orElseThrow()).content();
  }

  /** Puts a thing in the place of another, and back. */
  private final class Swap {
    private final Path place;
    private final Path away = temp.resolve("away");

    Swap(String place, Path link) throws IOException {
      this.place = folder.resolve(place);
      Files.move(this.place, away);
      Files.createSymbolicLink(this.place, link);
    }

    Swap(String place) throws IOException {
      this.place = folder.resolve(place);
      Files.move(this.place, away);
      Files.move(folder.resolve("other"), this.place);
    }

    void back() throws IOException {
      Files.move(place, temp.resolve("was"));
      Files.move(away, place, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Reads a content, and calls back when it is open. */
  private interface Reader {
    void read(Content content, Swap swap, OutputStream to) throws IOException;
  }

  /** Calls back before the first byte goes on. */
  private static OutputStream backFirst(Swap swap, OutputStream to) {
    return new OutputStream() {
      private boolean isBack;

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!isBack) {
          swap.back();
          isBack = true;
        }
        to.write(bytes, offset, length);
      }
    };
  }

  private static void stream(Content content, Swap swap, OutputStream to) throws IOException {
    try (InputStream in = content.newInputStream()) {
      swap.back();
      in.transferTo(to);
    }
  }

  static Stream<Arguments> ways() {
    Reader streams = SwappedFolderTest::stream;
    Reader writes = (content, swap, to) -> content.writeTo(backFirst(swap, to));
    Reader channels =
        (content, swap, to) -> content.writeTo(Channels.newChannel(backFirst(swap, to)));
    Reader slices = (content, swap, to) -> stream(content.slice(3, 5), swap, to);
    return Stream.of("a", "a/b", "a/b/f", "")
        .flatMap(
            place ->
                Stream.of(true, false)
                    .flatMap(
                        opened ->
                            Stream.of(streams, writes, channels, slices)
                                .map(reader -> Arguments.of(place, opened, reader))));
  }

  @ParameterizedTest(name = "{0}, opened before: {1}")
  @MethodSource("ways")
  void linkThatIsThereWhileAFileIsOpenedLeadsNowhere(String place, boolean opened, Reader reader)
      throws Exception {
    boolean isLink = !place.isEmpty(); // or another directory of the context's
    FileTree tree = BuildContext.folder(folder).tree(Set.of("/"));
    if (opened) {
      assertThat(content(tree, "/a/b/other").toByteArray()).asString().isEqualTo(INSIDE);
    }
    Path target = place.equals("a") ? outside : outside.resolve(place.equals("a/b") ? "b" : "f");
    Swap swap = isLink ? new Swap(place, target) : new Swap("a");
    ByteArrayOutputStream to = new ByteArrayOutputStream();

    assertThatThrownBy(() -> reader.read(content(tree, "/a/b/f"), swap, to))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.resolve("a").toString());
    if (isLink) {
      assertThat(to.toByteArray()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void linkThatIsThereFromTheScanOnLeadsNowhere(boolean back) throws Exception {
    HostEntry root = HostEntry.root(folder, Dockerignore.none().root());
    HostEntry a = root.childOrNull("a");
    Swap swap = new Swap("a", outside);
    HostEntry file = a.childOrNull("b").childOrNull("f");
    if (back) {
      swap.back();
    }
    HostFile content =
        new HostFile(folder, file.directory(), file.file(), FileVersion.of(file.stat()));

    assertThatThrownBy(content::toByteArray)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.resolve("a").toString());
  }

  @Test
  void pipeInThePlaceOfAFileHoldsNobodyUp() throws Exception {
    Content content = content(BuildContext.folder(folder).tree(Set.of("/")), "/a/b/f");
    Path file = folder.resolve("a/b/f");
    Files.delete(file);
    assumeTrue(
        new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "skipped: no mkfifo");

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(content::toByteArray)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + ": expected a file"));
  }

  @Test
  void partOfAChangedFileIsNotRead() throws Exception {
    Content part = content(BuildContext.folder(folder).tree(Set.of("/")), "/a/b/f").slice(3, 6);
    assertThat(part.toByteArray()).asString().isEqualTo("the co");
    assertThat(part.slice(1, 2).newInputStream().readAllBytes()).asString().isEqualTo("he");
    Files.writeString(folder.resolve("a/b/f"), OUTSIDE + OUTSIDE);

    assertThatThrownBy(part::toByteArray).hasMessageContaining("found it changed");
    assertThatThrownBy(() -> part.newInputStream().readAllBytes())
        .hasMessageContaining("found it changed");
  }

  @Test
  void fileThatIsGoneIsNamed() throws Exception {
    Content content = content(BuildContext.folder(folder).tree(Set.of("/")), "/a/b/f");
    Files.delete(folder.resolve("a/b/f"));

    assertThatThrownBy(content::toByteArray)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(folder.resolve("a/b/f").toString());
  }
}
