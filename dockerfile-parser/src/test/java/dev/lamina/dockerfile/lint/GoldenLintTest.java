// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.dockerfile.ignore.Dockerignore;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file below {@code lint} holds Dockerfiles and what Docker's rules say of them. {@code docker
 * build --check} of Docker 28.5 said the same, but for what BuildKit 73ed6825 has added since:
 * comments above an instruction count, CopyIgnoredFile need not be asked for, and a name with FILE
 * or VERSION is no secret. With {@code -Dlamina.golden.update=true} the answers are written anew.
 */
class GoldenLintTest {

  private static final String END = "-----\n";
  private static final String NEXT = "=====\n";

  @TestFactory
  Stream<DynamicTest> eachRuleFindsWhatDockerFinds() throws IOException, URISyntaxException {
    Path root = Path.of(getClass().getResource("/lint").toURI());
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        tests.add(DynamicTest.dynamicTest(name, () -> check(file)));
      }
    }
    return tests.stream();
  }

  private static void check(Path file) throws IOException {
    String golden = Files.readString(file);
    List<String> cases = new ArrayList<>();
    for (String one : golden.split(NEXT, -1)) {
      String dockerfile = one.substring(0, one.indexOf(END));
      cases.add(dockerfile + END + describe(lint(dockerfile)));
    }
    String answer = String.join(NEXT, cases);
    if (Boolean.getBoolean("lamina.golden.update")) {
      Files.writeString(Path.of("src/test/resources/lint", file.getFileName().toString()), answer);
      return;
    }
    assertThat(answer).isEqualTo(golden);
  }

  private static LintReport lint(String dockerfile) throws IOException {
    return Linter.standard()
        .withIgnore(Dockerignore.parse("secret.txt\nbuild\n"))
        .withBuildArgs(Map.of("GIVEN", "scratch"))
        .lint(dockerfile);
  }

  private static String describe(LintReport report) {
    StringBuilder out = new StringBuilder();
    report.findings().forEach(finding -> out.append(finding).append('\n'));
    report.error().ifPresent(e -> out.append("error: ").append(e.getMessage()).append('\n'));
    report.violation().ifPresent(text -> out.append("error: ").append(text).append('\n'));
    return out.toString();
  }
}
