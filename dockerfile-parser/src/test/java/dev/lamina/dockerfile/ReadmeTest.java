// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.lint.Finding;
import dev.lamina.dockerfile.lint.Findings;
import dev.lamina.dockerfile.lint.LintReport;
import dev.lamina.dockerfile.lint.LintRule;
import dev.lamina.dockerfile.lint.LintStage;
import dev.lamina.dockerfile.lint.LintSubject;
import dev.lamina.dockerfile.lint.Linter;
import dev.lamina.dockerfile.lint.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's code, run; and that it is the README's. */
class ReadmeTest {

  private static final String SHOP =
      """
      ARG VERSION=1.4
      FROM debian:11 AS Build
      RUN --mount=type=secret,id=token make
      # for the logs
      ENV LANG C
      FROM scratch
      COPY --from=build /out /
      CMD serve
      """;

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void writeFile() throws IOException {
    path = Files.writeString(folder.resolve("Dockerfile"), SHOP);
  }

  @Test
  void parse() throws IOException {
    List<String> lines = new ArrayList<>();
    // README: parse
    Dockerfile file = Dockerfile.parse(path);
    for (Stage stage : file.stages()) {
      lines.add(stage.name().orElse("stage " + stage.index()) + " from " + stage.from().image());
    }
    try {
      lines.add(Instruction.parse("COPPY a b").keyword());
    } catch (DockerfileSyntaxException e) {
      lines.add(e.getMessage()); // the file, the line, the column and what is wrong
      lines.add(e.snippet()); // the lines around it, as docker build prints them
    }
    // an editor wants all that is wrong, and the rest of the file all the same
    ParseReport report = Dockerfile.analyze("FROM a\nFLY\nUSER\n", ParserOptions.defaults());
    report.errors().forEach(error -> lines.add(error.problem()));
    // end
    assertThat(lines).contains("build from debian:11", "unknown instruction: FLY");
    assertThat(lines.get(2)).startsWith("Dockerfile:1:1: unknown instruction: COPPY");
  }

  @Test
  void walk() throws IOException {
    List<String> secrets = new ArrayList<>();
    // README: walk
    Dockerfile file = Dockerfile.parse(path);
    for (Statement statement : file.statements()) {
      if (statement.instruction() instanceof Run run) {
        run.mounts().forEach(mount -> secrets.add(statement.line() + ": " + mount.text()));
      }
    }
    // variables go in exactly where BuildKit lets them
    Variables variables = Variables.of(Map.of("DIR", "/opt"));
    Instruction copy = Instruction.parse("COPY a ${DIR:-/srv}/b");
    // what the file offers, as docker build --call=outline lists it
    Outline outline = file.outline().orElseThrow();
    List<String> needed = outline.secrets().stream().map(Outline.Secret::id).toList();
    // which stages a build of the last one needs
    StageGraph graph = file.graph();
    List<Stage> built = graph.needed(file.stages().get(file.stages().size() - 1));
    // end
    assertThat(secrets).containsExactly("3: type=secret,id=token");
    assertThat(needed).containsExactly("token");
    assertThat(built).isNotEmpty();
    assertThat(outline.arguments()).isEmpty();
    try {
      assertThat(copy.expand(variables, '\\').instruction())
          .isEqualTo(Copy.of(List.of("a"), "/opt/b"));
    } catch (ExpansionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void lint() throws IOException {
    List<String> said = new ArrayList<>();
    // README: lint
    LintReport report =
        Linter.standard() // every rule of docker build --check
            .withRule(new Pinned())
            .without("JSONArgsRecommended")
            .withSeverity("StageNameCasing", Severity.ERROR)
            .lint(Dockerfile.parse(path));
    for (Finding finding : report.findings()) {
      said.add(finding.severity() + " " + finding); // WARNING Pinned: … (line 2)
    }
    // end
    assertThat(said)
        .containsExactly(
            "ERROR StageNameCasing: Stage name 'Build' should be lowercase (line 2)",
            "WARNING Pinned: debian:11 has no digest (line 2)",
            "WARNING LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy"
                + " \"ENV key value\" format (line 5)");
  }

  // README: rule
  static final class Pinned implements LintRule {
    @Override
    public String name() {
      return "Pinned";
    }

    @Override
    public String description() {
      return "Base images are named with their digest";
    }

    @Override
    public void check(LintSubject subject, Findings findings) {
      for (LintStage stage : subject.stages()) {
        if (!stage.image().equals("scratch") && !stage.image().contains("@")) {
          findings.report(stage.header(), stage.image() + " has no digest");
        }
      }
    }
  }

  // end

  @Test
  void edit() throws IOException {
    // README: edit
    Dockerfile file = Dockerfile.parse(path);
    DockerfileEditor edit = file.edit();
    for (Stage stage : file.stages()) {
      if (stage.from().image().equals("debian:11")) {
        edit = edit.replace(stage.header(), stage.from().withImage("debian:12"));
        edit = edit.insertAfter(stage.header(), Env.of("DEBIAN_FRONTEND", "noninteractive"));
      }
      for (Statement statement : stage.statements()) {
        if (statement.instruction() instanceof Env) {
          edit = edit.removeWithComments(statement);
        }
      }
    }
    Files.write(path, edit.bytes()); // every other line is as it was, byte for byte
    // end
    assertThat(path)
        .hasContent(
            SHOP.replace(
                    "FROM debian:11 AS Build\n",
                    "FROM debian:12 AS build\nENV DEBIAN_FRONTEND=noninteractive\n")
                .replace("# for the logs\nENV LANG C\n", ""));
  }

  @Test
  void write() throws IOException {
    // README: write
    DockerfileWriter writer = DockerfileWriter.standard();
    List<Instruction> instructions =
        List.of(
            From.of("debian:12").withName("tools"),
            Run.shell("apt-get update && apt-get install -y git"),
            Copy.of(List.of("my file.txt"), "/srv/").withChown("1000"),
            new Entrypoint(CommandLine.exec("git", "daemon")));
    String text = writer.write(instructions);
    // what was written reads back as the same; what no Dockerfile can say is refused
    boolean same =
        Dockerfile.parse(text).statements().stream()
            .map(Statement::instruction)
            .toList()
            .equals(instructions);
    // end
    assertThat(same).isTrue();
    assertThat(text).contains("COPY --chown=1000 [\"my file.txt\", \"/srv/\"]\n");
  }

  @Test
  void eachBlockOfTheReadmeIsRunHere() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/lamina/dockerfile/ReadmeTest.java"));
    Matcher blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    int found = 0;
    while (blocks.find()) {
      found++;
      assertThat(unindented(source)).contains(unindented(blocks.group(1)));
      assertThat(blocks.group(1).lines().count()).isLessThanOrEqualTo(20);
    }
    assertThat(found).isEqualTo(6);
  }

  private static String unindented(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
