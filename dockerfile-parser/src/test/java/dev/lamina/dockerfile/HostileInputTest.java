// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.expand.WordExpander;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input made to hurt: nothing but a result or the declared exception may come of it. */
class HostileInputTest {

  private static final int TEN_MEGABYTES = 10_000_000;

  @Test
  void lineOfTenMegabytesIsRefused() {
    assertThatThrownBy(() -> Dockerfile.parse("FROM a\nRUN " + "x".repeat(TEN_MEGABYTES)))
        .isInstanceOfSatisfying(
            DockerfileSyntaxException.class,
            e -> {
              assertThat(e.problem())
                  .isEqualTo("dockerfile line greater than max allowed size of 65535");
              assertThat(e.line()).isEqualTo(2);
              assertThat(e.snippet()).hasSizeLessThan(10_000);
            });
  }

  @Test
  void lineOf65535BytesIsReadAndOneMoreIsNot() throws DockerfileSyntaxException {
    String fits = "USER " + "x".repeat(65_530);
    assertThat(Dockerfile.parse("FROM a\n" + fits + "\n").statements()).hasSize(2);
    assertThatThrownBy(() -> Dockerfile.parse("FROM a\n" + fits + "x\n"))
        .isInstanceOf(DockerfileSyntaxException.class);
    assertThatThrownBy(() -> Dockerfile.parse("FROM a\nUSER " + "\u00e9".repeat(32_766)))
        .isInstanceOf(DockerfileSyntaxException.class);
  }

  @Test
  void hundredThousandInstructionsAreRead() throws DockerfileSyntaxException {
    Dockerfile file = Dockerfile.parse("FROM a\n" + "RUN true\n".repeat(100_000));
    assertThat(file.statements()).hasSize(100_001);
    assertThat(file.statements().get(100_000).line()).isEqualTo(100_001);
  }

  @Test
  void heredocOfTenMegabytesIsRead() throws DockerfileSyntaxException {
    String body = "line of text\n".repeat(TEN_MEGABYTES / 13);
    Dockerfile file = Dockerfile.parse("FROM a\nCOPY <<EOF /x\n" + body + "EOF\n");
    Copy copy = (Copy) file.statements().get(1).instruction();
    assertThat(copy.heredocs().get(0).content()).isEqualTo(body);
  }

  @Test
  void nestedSubstitutionsNeedNoStack() throws ExpansionException {
    int depth = 10_000;
    String word = "${a:-".repeat(depth) + "x" + "}".repeat(depth);
    assertThat(WordExpander.withEscape('\\').expand(word, Variables.none())).isEqualTo("x");
    assertThatThrownBy(
            () -> WordExpander.withEscape('\\').expand("${a:-".repeat(depth), Variables.none()))
        .isInstanceOf(ExpansionException.class)
        .hasMessageEndingWith("syntax error: missing '}'");
  }

  @Test
  void nestedJsonAndNestedOnbuildNeedNoStack() throws DockerfileSyntaxException {
    assertThat(Dockerfile.parse("FROM a\nRUN " + "[".repeat(60_000)).statements()).hasSize(2);
    assertThatThrownBy(() -> Dockerfile.parse("FROM a\n" + "ONBUILD ".repeat(8_000)))
        .isInstanceOf(DockerfileSyntaxException.class);
  }

  @Test
  void expansionThatExplodesIsStopped() {
    Variables variables = Variables.of(Map.of("a", "x".repeat(60_000)));
    assertThatThrownBy(() -> WordExpander.withEscape('\\').expand("$a".repeat(30_000), variables))
        .isInstanceOf(ExpansionException.class)
        .hasMessageEndingWith("the result is too large");
    assertThatThrownBy(
            () ->
                WordExpander.withEscape('\\')
                    .expand("${a//x/" + "y".repeat(60_000) + "}", variables))
        .isInstanceOf(ExpansionException.class)
        .hasMessageEndingWith("the result is too large");
  }

  @Test
  void stripedPatternIsMatchedInReasonableTime() throws ExpansionException {
    Variables variables = Variables.of(Map.of("a", "ab".repeat(5_000)));
    String stars = "*a".repeat(2_000) + "c";
    assertThat(WordExpander.withEscape('\\').expand("${a##" + stars + "}", variables))
        .isEqualTo("ab".repeat(5_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomBytesGiveAResultOrTheException(long seed) {
    Random random = new Random(seed);
    List<String> pieces =
        List.of(
            "FROM a\n",
            "RUN ",
            "COPY ",
            "<<EOF",
            "EOF\n",
            "\\\n",
            "\n",
            "[\"a\"",
            "]",
            "\"",
            "'",
            "${",
            "}",
            "--x=",
            "ONBUILD ",
            "# escape=`\n",
            "ENV a=",
            " ",
            "\t",
            "\0",
            "\u00e9");
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Dockerfile.parse(bytes, "Dockerfile").statements()).isNotEmpty();
      } catch (DockerfileSyntaxException e) {
        assertThat(e.line()).isPositive();
        assertThat(e.column()).isPositive();
      }
    }
  }

  @Test
  void analysisReportsAllErrorsInOrder() {
    ParseReport report =
        Dockerfile.analyze("FROM a\nCOPPY x\nENV A\nRUN ok\nUSER\n", ParserOptions.defaults());
    assertThat(report.errors())
        .extracting(DockerfileSyntaxException::line)
        .containsExactly(2, 3, 5);
    assertThat(report.dockerfile().statements()).hasSize(2);
  }

  @Test
  void customKeywordIsKnownOnlyWhereItWasGiven() throws DockerfileSyntaxException {
    String text = "FROM a\nINSTALL_JAR --cached --at=/opt app.jar <<EOF\nx\nEOF\n";
    assertThatThrownBy(() -> Dockerfile.parse(text)).hasMessageContaining("unknown instruction");
    Dockerfile file =
        Dockerfile.parse(text, ParserOptions.defaults().withCustomKeyword("install_jar"));
    Custom custom = (Custom) file.statements().get(1).instruction();
    assertThat(custom.keyword()).isEqualTo("INSTALL_JAR");
    assertThat(custom.flags()).extracting(Flag::name).containsExactly("cached", "at");
    assertThat(custom.arguments()).isEqualTo("app.jar <<EOF");
    assertThat(custom.heredocs()).extracting(Heredoc::content).containsExactly("x\n");
  }
}
