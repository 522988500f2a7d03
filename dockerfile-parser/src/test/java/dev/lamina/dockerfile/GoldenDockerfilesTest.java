// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder below {@code dockerfiles} holds a Dockerfile and what it says, or what is wrong with
 * it. All were read by BuildKit 73ed6825 too, with the same result. With {@code
 * -Dlamina.golden.update=true} the answers are written anew.
 */
class GoldenDockerfilesTest {

  @TestFactory
  Stream<DynamicTest> eachDockerfileSaysWhatIsExpected() throws IOException, URISyntaxException {
    Path root = Path.of(getClass().getResource("/dockerfiles").toURI());
    try (Stream<Path> folders = Files.list(root)) {
      return folders.sorted().toList().stream()
          .map(folder -> DynamicTest.dynamicTest(name(folder), () -> check(folder)));
    }
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  private static void check(Path folder) throws IOException {
    String answer = describe(Files.readAllBytes(folder.resolve("Dockerfile")));
    if (Boolean.getBoolean("lamina.golden.update")) {
      Path source = Path.of("src/test/resources/dockerfiles", name(folder), "expected");
      Files.writeString(source, answer);
      return;
    }
    assertThat(answer).isEqualTo(Files.readString(folder.resolve("expected")));
  }

  private static String describe(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    try {
      Dockerfile file = Dockerfile.parse(bytes, "Dockerfile");
      file.directives().forEach(directive -> line(out, directive.name() + "=" + directive.value()));
      file.statements().forEach(statement -> line(out, describe(statement)));
    } catch (DockerfileSyntaxException e) {
      line(out, e.getMessage());
      line(out, e.snippet());
    }
    return out.toString();
  }

  private static String describe(Statement statement) {
    SourceRange range = statement.range();
    String comments = statement.comments().isEmpty() ? "" : " " + statement.comments();
    return range.startLine() + "-" + range.endLine() + comments + " " + statement.instruction();
  }

  /** Adds a line of printable ASCII. */
  private static void line(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7F && c != '\\';
      out.append(plain ? String.valueOf(c) : c == '\\' ? "\\\\" : escape(c));
    }
    out.append('\n');
  }

  private static String escape(char c) {
    byte[] one = {(byte) c};
    return c == '\n' || c == '\t' || c == '\r'
        ? "\\" + "tnr".charAt("\t\n\r".indexOf(new String(one, StandardCharsets.US_ASCII)))
        : String.format("\\u%04x", (int) c);
  }
}
