// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Unusual names: any bytes but the slash and NUL. */
interface NameContract extends ContractFixture {

  /** The path of a file in the root whose name is escaped as in a URI. */
  private Path escaped(String name) {
    URI folder = root().toUri();
    String path = folder.toString().replaceAll("/$", "") + "/" + name;
    return root().getFileSystem().provider().getPath(URI.create(path));
  }

  @Test
  default void unusualNamesAreKept() throws IOException {
    List<String> names =
        List.of(
            " ", "a b", "new\nline", "back\\slash", "*", "?", "%41", "-rf", "...", "a.", "#", ":");
    for (String name : names) {
      Files.writeString(p(name), name);
    }
    for (String name : names) {
      assertThat(Files.readString(p(name))).isEqualTo(name);
    }
    try (Stream<Path> list = Files.list(root())) {
      assertThat(list.map(path -> path.getFileName().toString()).toList()).containsAll(names);
    }
  }

  @Test
  default void bytesThatAreNoTextAreKeptApart() throws IOException {
    for (String name : List.of("%FF", "%FE", "%C3", "%C3%A9", "%E9", "%C0%AF", "%ED%A0%80")) {
      Files.writeString(escaped(name), name);
    }
    for (String name : List.of("%FF", "%FE", "%C3", "%C3%A9", "%E9", "%C0%AF", "%ED%A0%80")) {
      assertThat(Files.readString(escaped(name))).as(name).isEqualTo(name);
    }
    try (Stream<Path> list = Files.list(root())) {
      assertThat(list.map(path -> path.toUri().getRawPath()).filter(path -> path.contains("%")))
          .hasSize(7);
    }
  }

  @Test
  default void aFileWithAStrangeNameIsMovedLinkedAndDeleted() throws IOException {
    Files.writeString(escaped("%FF"), "x");
    Files.createLink(escaped("%FE"), escaped("%FF"));
    Files.move(escaped("%FF"), escaped("%FD"));
    assertThat(Files.exists(escaped("%FF"))).isFalse();
    Files.delete(escaped("%FD"));
    assertThat(Files.readString(escaped("%FE"))).isEqualTo("x");
  }

  @Test
  default void listedPathsOfStrangeNamesLeadBack() throws IOException {
    Files.writeString(escaped("%FF%FE"), "x");
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root())) {
      for (Path path : stream) {
        assertThat(Files.exists(path)).isTrue();
        assertThat(root().getFileSystem().provider().getPath(path.toUri())).isEqualTo(path);
      }
    }
  }

  @Test
  default void aLinkMayLeadToAStrangeName() throws IOException {
    Files.writeString(escaped("%FF"), "x");
    Files.createSymbolicLink(p("l"), escaped("%FF").getFileName());
    assertThat(Files.readString(p("l"))).isEqualTo("x");
    assertThat(Files.readSymbolicLink(p("l"))).isEqualTo(escaped("%FF").getFileName());
  }

  @Test
  default void namesHaveUpTo255Bytes() throws IOException {
    String longest = "n".repeat(255);
    Files.writeString(p(longest), "x");
    assertThat(Files.readString(p(longest))).isEqualTo("x");
    assertThatThrownBy(() -> Files.writeString(p(longest + "n"), "x"))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.createDirectory(p("ü".repeat(128))))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.move(p(longest), p(longest + "n")))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  default void caseMatters() throws IOException {
    Files.writeString(p("a"), "small");
    Files.writeString(p("A"), "large");
    assertThat(Files.readString(p("a"))).isEqualTo("small");
  }

  @Test
  default void composedAndDecomposedAreTwoNames() throws IOException {
    Files.writeString(p("\u00e9"), "one");
    Files.writeString(p("e\u0301"), "two");
    assertThat(Files.readString(p("\u00e9"))).isEqualTo("one");
  }

  @Test
  default void aNameHasNoNul() {
    assertThatThrownBy(() -> root().getFileSystem().getPath("a\0b"))
        .isInstanceOf(InvalidPathException.class);
  }
}
