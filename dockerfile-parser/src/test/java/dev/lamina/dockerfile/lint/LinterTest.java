// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.ParserOptions;
import dev.lamina.dockerfile.Workdir;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinterTest {

  private static final String SHOUTING = "FROM scratch AS Loud\nMAINTAINER Ada\n";

  private final Linter linter = Linter.standard();

  @Test
  void thereIsEveryRuleOfDocker() {
    assertThat(linter.rules()).hasSize(22);
    assertThat(linter.rules()).extracting(LintRule::name).doesNotHaveDuplicates();
    assertThat(linter.rules().get(0).url())
        .contains("https://docs.docker.com/go/dockerfile/rule/stage-name-casing/");
  }

  @Test
  void findingsAreWarningsUnlessTheLinterIsToldOtherwise() {
    LintReport report = linter.withSeverity("MaintainerDeprecated", Severity.ERROR).lint(SHOUTING);

    assertThat(report.findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.WARNING, Severity.ERROR);
    assertThat(report.hasErrors()).isTrue();
    assertThat(linter.lint(SHOUTING).hasErrors()).isFalse();
  }

  @Test
  void aRuleCanBeLeftOut() {
    assertThat(rules(linter.without("StageNameCasing").lint(SHOUTING)))
        .containsExactly("MaintainerDeprecated");
  }

  @Test
  void optionsOfTheBuildReplaceThoseOfTheFile() {
    String text = "# check=skip=all\n" + SHOUTING;

    LintReport report = linter.withCheck("skip=StageNameCasing;error=true").lint(text);

    assertThat(report.violation()).contains("lint violation found for rules: MaintainerDeprecated");
    assertThatThrownBy(() -> linter.withCheck("skipp=all"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("invalid check option \"skipp\"");
  }

  @Test
  void aRuleOfOnesOwnSeesVariablesAndExpandedInstructions() throws DockerfileSyntaxException {
    Dockerfile file = Dockerfile.parse("FROM scratch\nENV HOME=/root\nUSER a\nWORKDIR $HOME\n");

    LintReport report = linter.withRule(new NoRootHome()).lint(file);

    assertThat(report.findings())
        .extracting(Finding::toString)
        .containsExactly("NoRootHome: /root is for root alone (line 4)");
  }

  @Test
  void aCommentAboveSkipsARuleOfOnesOwn() {
    String text = "FROM scratch\n# check=skip=NoRootHome\nWORKDIR /root\n";

    assertThat(linter.withRule(new NoRootHome()).lint(text).isClean()).isTrue();
  }

  private static final class NoRootHome implements LintRule {
    @Override
    public String name() {
      return "NoRootHome";
    }

    @Override
    public String description() {
      return "No stage works in /root";
    }

    @Override
    public void check(LintSubject subject, Findings findings) {
      for (LintStage stage : subject.stages()) {
        for (LintStatement statement : stage.statements()) {
          if (statement.instruction() instanceof Workdir workdir
              && workdir.path().equals("/root")) {
            assertThat(statement.variableNames()).first().isEqualTo("PATH");
            assertThat(statement.written()).isNotNull();
            findings.report(statement, "/root is for root alone");
          }
        }
      }
    }
  }

  @Test
  void onlyWhatTheTargetNeedsIsWalkedThrough() {
    String text =
        """
        FROM scratch AS base
        FROM scratch AS other
        USER $a
        FROM base AS last
        COPY --from=other x /
        USER $b
        FROM scratch
        USER $c
        """;

    assertThat(lines(linter.withTarget("last").lint(text))).containsExactly(3, 6);
    assertThat(lines(linter.withTarget("BASE").lint(text))).isEmpty();
    assertThat(lines(linter.lint(text))).containsExactly(3, 6, 8);
    assertThat(linter.withTarget("lsat").lint(text).error().orElseThrow().problem())
        .isEqualTo("target stage \"lsat\" could not be found (did you mean last?)");
  }

  @Test
  void whatTheBaseImageBringsIsKnown() {
    BaseImage java =
        new BaseImage(
            Map.of("JAVA_HOME", "/opt/java"),
            true,
            List.of("USER $who"),
            Optional.of("linux/arm64"));
    String text = "FROM java:17\nENV PATH=$JAVA_HOME/bin:$PATH\nCMD serve\n";

    LintReport report =
        linter
            .withBaseImages(
                (image, platform) -> {
                  assertThat(platform).isEqualTo("linux/amd64");
                  return Optional.of(image).filter("java:17"::equals).map(found -> java);
                })
            .lint(text);

    assertThat(report.findings())
        .extracting(Finding::toString)
        .containsExactlyInAnyOrder(
            "UndefinedVar: Usage of undefined variable '$who' (line 1)",
            "InvalidBaseImagePlatform: Base image java:17 was pulled with platform"
                + " \"linux/arm64\", expected \"linux/amd64\" for current build (line 1)");
    assertThat(rules(linter.lint(text))).containsExactly("UndefinedVar", "JSONArgsRecommended");
  }

  @Test
  void buildArgumentsAndThePlatformReachTheInstructions() {
    String text = "ARG base\nFROM $base\nARG TARGETARCH\nWORKDIR ${TARGETARCH}\n";

    LintReport report =
        linter.withPlatform("linux/arm64").withBuildArgs(Map.of("base", "scratch")).lint(text);

    assertThat(report.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "InvalidDefaultArgInFrom: Default value for ARG $base results in empty or invalid"
                + " base image name (line 2)",
            "WorkdirRelativePath: Relative workdir \"arm64\" can have unexpected results if the"
                + " base image changes (line 4)");
  }

  @Test
  void keywordsOfOnesOwnAreNoErrors() {
    Linter own =
        linter.withParserOptions(ParserOptions.defaults().withCustomKeyword("INSTALL_JAR"));

    assertThat(own.lint("FROM scratch\nINSTALL_JAR a.jar\n").isClean()).isTrue();
  }

  private static List<String> rules(LintReport report) {
    return report.findings().stream().map(Finding::rule).toList();
  }

  private static List<Integer> lines(LintReport report) {
    return report.findings().stream().map(Finding::line).toList();
  }
}
