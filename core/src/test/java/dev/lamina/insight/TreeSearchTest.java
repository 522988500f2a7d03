// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static dev.lamina.insight.Layers.dir;
import static dev.lamina.insight.Layers.file;
import static dev.lamina.insight.Layers.image;
import static dev.lamina.insight.Layers.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeSearchTest {
  private static TreeSearch search() throws IOException {
    return TreeSearch.in(
        image()
            .step(
                "RUN a",
                dir("/app"),
                dir("/app/lib"),
                file("/app/a.jar", "1"),
                file("/app/lib/b.jar", "2"),
                dir("/etc"),
                file("/etc/x.conf", "one\ntwo\r\nthree"),
                symlink("/etc/y.conf", "x.conf"))
            .timeline()
            .last()
            .tree());
  }

  @ParameterizedTest
  @CsvSource({
    "*.jar, '[/app/a.jar, /app/lib/b.jar]'",
    "/*.jar, '[]'",
    "/app/*.jar, '[/app/a.jar]'",
    "/app/**/*.jar, '[/app/a.jar, /app/lib/b.jar]'",
    "**/lib/*, '[/app/lib/b.jar]'",
    "app/lib, '[/app/lib]'",
    "/etc/[xy].conf, '[/etc/x.conf, /etc/y.conf]'",
    "?.conf, '[/etc/x.conf, /etc/y.conf]'",
    "/app/**, '[/app, /app/a.jar, /app/lib, /app/lib/b.jar]'",
    "/, '[/]'",
  })
  void findsPathsThatMatch(String glob, String expected) throws IOException {
    assertThat(search().find(glob)).hasToString(expected);
  }

  @Test
  void grepGivesLinesWithTheirNumber() throws IOException {
    assertThat(search().grep(Pattern.compile("t")))
        .hasToString("[/etc/x.conf:2:two, /etc/x.conf:3:three]");
    assertThat(search().grep(Pattern.compile("o$"), "/app/**")).isEmpty();
  }

  @Test
  void filesThatAreNoTextAreLeftOut() throws IOException {
    byte[] binary = "key\0key\n".getBytes(StandardCharsets.UTF_8);
    TreeSearch search =
        TreeSearch.in(
            image()
                .step("RUN a", file("/bin", binary, Metadata.of(0755, Layers.TIME)))
                .timeline()
                .last()
                .tree());

    assertThat(search.grep(Pattern.compile("key"))).isEmpty();
  }

  @Test
  void longLinesAreSearchedInParts() throws IOException {
    String line = "x".repeat(200_000) + "needle";
    TreeSearch search =
        TreeSearch.in(
            image()
                .step("RUN a", file("/long", "1\n" + line + "\nneedle"))
                .timeline()
                .last()
                .tree());

    assertThat(search.grep(Pattern.compile("needle")))
        .extracting(TreeSearch.Match::line)
        .containsExactly(2L, 3L);
  }
}
