// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of host files have their bytes, in any charset of the JVM. */
class HostNamesTest {
  @ParameterizedTest
  @CsvSource({
    "/,              '',           /",
    "/a/b,           b,            /a/b",
    "/a%3F,          a?,           /a?",
    "/%FF/%C3%A9,    \u00e9,       /\udcff/\u00e9",
    "/x/%FE,         \udcfe,       /x/\udcfe",
    "/%FF/../%25,    %,            /\udcff/../%",
  })
  void aPathHasTheBytesOfItsUri(String raw, String name, String text) {
    Path path = Path.of(URI.create("file://" + raw));
    assertThat(HostNames.name(path)).isEqualTo(name);
    assertThat(HostNames.text(path)).isEqualTo(text);
    if (!path.equals(path.getRoot())) {
      Path relative = path.subpath(0, path.getNameCount());
      assertThat(HostNames.text(relative)).isEqualTo(text.substring(1));
    }
  }

  @Test
  void aPathOfAnotherFileSystemIsItsText() throws IOException {
    try (OverlayFileSystem files = OverlayFileSystem.over(FileTree.empty())) {
      assertThat(HostNames.text(files.getPath("/a/\udcff?"))).isEqualTo("/a/\udcff?");
    }
  }
}
