// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileEditorTest {

  private static final String TEXT =
      """
      # syntax=docker/dockerfile:1

      # VERSION of the shop
      # to build
      ARG VERSION=1

      FROM debian:11   AS   base
        # system
        RUN apt-get update && \\
            # what we need
            apt-get install -y git

      COPY . /src   # not a comment
      """;

  private final Dockerfile file = parse(TEXT);

  @Test
  void aStatementIsReplacedAndTheRestStays() {
    From from = file.stages().get(0).from();

    String text = file.edit().replace(at(1), from.withImage("debian:12")).text();

    assertThat(text).isEqualTo(TEXT.replace("debian:11   AS   base", "debian:12 AS base"));
  }

  @Test
  void aStatementIsInsertedAboveTheCommentsOfAnother() {
    assertThat(file.edit().insertBefore(at(0), new Arg(List.of(ArgDefinition.of("A")))).text())
        .isEqualTo(TEXT.replace("# VERSION", "ARG A\n# VERSION"));
    assertThat(file.edit().insertBefore(at(2), Env.of("A", "1")).text())
        .isEqualTo(TEXT.replace("  # system", "ENV A=1\n  # system"));
  }

  @Test
  void aStatementIsInsertedBelowTheLastLineOfAnother() {
    assertThat(file.edit().insertAfter(at(2), new User("me")).text())
        .isEqualTo(TEXT.replace("-y git\n", "-y git\nUSER me\n"));
  }

  @Test
  void aStatementIsRemovedWithItsCommentsOrWithout() {
    assertThat(file.edit().remove(at(2)).text())
        .isEqualTo(TEXT.replaceFirst("(?s)  RUN apt-get update.*-y git\n", ""));
    assertThat(file.edit().removeWithComments(at(0)).text())
        .isEqualTo(TEXT.replaceFirst("(?s)# VERSION.*VERSION=1\n", ""));
  }

  @Test
  void severalEditsAreMadeInTheOrderOfTheFile() {
    String text =
        file.edit()
            .insertAfter(at(3), new User("me"))
            .insertAfter(at(3), new Workdir("/src"))
            .replace(at(3), Copy.of(List.of("."), "/app"))
            .remove(at(0))
            .text();

    assertThat(text)
        .endsWith("\nCOPY . /app\nUSER me\nWORKDIR /src\n")
        .doesNotContain("VERSION=1")
        .contains("# to build\n");
  }

  @Test
  void windowsLineEndsAndTheEscapeCharacterAreKept() {
    Dockerfile windows = parse("# escape=`\r\nFROM scratch\r\nRUN a `\r\n b\r\n");

    String text =
        windows
            .edit()
            .insertAfter(windows.statements().get(0), Run.shell("dir C:\\"))
            .insertBefore(
                windows.statements().get(0), Copy.of(List.of("a b"), "/x").withChown("a`b"))
            .text();

    assertThat(text)
        .isEqualTo(
            """
            # escape=`
            COPY --chown=a``b ["a b", "/x"]
            FROM scratch
            RUN dir C:\\
            RUN a `
             b
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void bytesThatAreNoTextAreKept() throws Exception {
    byte[] bytes = "FROM scratch\n# \u00ff\u00fe\nUSER a\n".getBytes(StandardCharsets.ISO_8859_1);
    Dockerfile odd = Dockerfile.parse(bytes, "Dockerfile");

    assertThat(odd.edit().bytes()).isEqualTo(bytes);
    assertThat(odd.edit().replace(odd.statements().get(1), new User("b")).bytes())
        .isEqualTo("FROM scratch\n# \u00ff\u00fe\nUSER b\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aFileWithoutALineEndAtItsEndGetsNone() {
    Dockerfile open = parse("FROM scratch\nUSER a");

    assertThat(open.edit().insertAfter(open.statements().get(1), new User("b")).text())
        .isEqualTo("FROM scratch\nUSER a\nUSER b");
  }

  @Test
  void aContinuationIntoNothingTakesInNoNewLine() {
    Dockerfile open = parse("FROM scratch\nRUN a \\\n# nothing\n");

    assertThat(open.edit().insertAfter(open.statements().get(1), new User("b")).text())
        .isEqualTo("FROM scratch\nRUN a\nUSER b\n");
  }

  @Test
  void aCommentDoesNotBecomeADirective() throws Exception {
    Dockerfile odd = parse("# check=skip=all\nARG a\n# escape=`\nFROM scratch\nRUN a\\\n b\n");

    Dockerfile edited = odd.edit().remove(odd.statements().get(0)).dockerfile();

    assertThat(edited.source()).startsWith("# check=skip=all\n\n# escape=`\nFROM");
    assertThat(edited.escape()).isEqualTo('\\');
  }

  @Test
  void anEditMayLeadToAFileThatIsNone() {
    DockerfileEditor edit = file.edit().remove(at(1));

    assertThatThrownBy(edit::dockerfile)
        .isInstanceOf(DockerfileSyntaxException.class)
        .hasMessageContaining("no build stage in current context");
  }

  @Test
  void aStatementIsEditedOnce() {
    DockerfileEditor edit = file.edit().replace(at(1), From.of("x"));

    assertThatThrownBy(() -> edit.remove(at(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("statement that is replaced or removed already");
    assertThatThrownBy(() -> edit.remove(parse("FROM a\n").statements().get(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("statement of another file: Dockerfile:1: FROM a");
  }

  @Test
  void randomEditsChangeWhatTheyShouldAndNothingElse() throws Exception {
    for (int seed = 0; seed < 400; seed++) {
      RandomDockerfiles random = new RandomDockerfiles(seed);
      Dockerfile old = parse(randomFile(random));
      DockerfileEditor edit = old.edit();
      List<Instruction> expected = new ArrayList<>();
      for (Statement statement : old.statements()) {
        Instruction other = random.instruction();
        boolean first = statement.instruction() instanceof From;
        switch (random.below(first ? 3 : 6)) {
          case 0 -> {
            edit = edit.insertAfter(statement, other);
            expected.addAll(List.of(statement.instruction(), other));
          }
          case 3 -> {
            edit = edit.replace(statement, other);
            expected.add(other);
          }
          case 4 -> edit = edit.removeWithComments(statement);
          case 5 -> {
            edit = edit.insertBefore(statement, other);
            expected.addAll(List.of(other, statement.instruction()));
          }
          default -> {
            expected.add(statement.instruction());
            assertThat(edit.text()).contains(statement.source());
          }
        }
      }
      assertThat(edit.dockerfile().statements())
          .as("seed %d", seed)
          .extracting(Statement::instruction)
          .containsExactlyElementsOf(expected);
    }
  }

  private static String randomFile(RandomDockerfiles random) {
    String end = random.pick(List.of("\n", "\r\n"));
    StringBuilder text = new StringBuilder("FROM scratch");
    for (int i = random.below(8); i >= 0; i--) {
      text.append(random.pick(List.of(end, end + end, end + " # note" + end, end + "#" + end)));
      text.append(DockerfileWriter.standard().write(random.instruction()));
    }
    boolean document = text.indexOf("<<") >= 0;
    String open = random.pick(List.of(" \\", " \\" + end + end));
    return text.append(document || random.below(2) == 0 ? end : open).toString();
  }

  private Statement at(int index) {
    return file.statements().get(index);
  }

  private static Dockerfile parse(String text) {
    try {
      return Dockerfile.parse(text);
    } catch (DockerfileSyntaxException e) {
      throw new AssertionError(text, e);
    }
  }
}
