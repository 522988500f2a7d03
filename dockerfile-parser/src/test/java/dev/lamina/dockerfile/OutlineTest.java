// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code docker build --call=targets} and {@code --call=outline} list. */
class OutlineTest {

  private static final String SHOP =
      """
      # VERSION of what is sold
      ARG VERSION=1
      ARG IMAGE=debian:${TAG}
      # TAG of the base image
      ARG TAG=12
      ARG TITLE="Shop $VERSION"

      # build compiles everything
      FROM --platform=$BUILDPLATFORM debian:$TAG AS build
      ARG TARGETARCH
      ARG GOAL=all
      # MAIL who to tell
      ARG MAIL
      RUN --mount=type=secret,id=token,required make $GOAL
      RUN --mount=type=ssh git clone

      # nothing about it
      FROM scratch AS docs
      ARG THEME=dark
      RUN --mount=type=secret,id=theme-$THEME,target=/t x

      # release goes to the customers
      FROM scratch AS release
      ARG TITLE
      ENV GOAL=release
      ARG LABEL=$GOAL-$TITLE
      COPY --from=build /out /
      RUN --mount=type=secret,id=token x
      RUN --mount=type=ssh,id=deploy,required y
      """;

  private final Outline release = outline(SHOP).orElseThrow();

  private static Optional<Outline> outline(String text) {
    try {
      return Dockerfile.parse(text).outline();
    } catch (DockerfileSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void allStagesAreTargets() {
    assertThat(release.targets())
        .extracting(target -> target.name().orElse("") + ": " + target.description().orElse("-"))
        .containsExactly("build: compiles everything", "docs: -", "release: goes to the customers");
    assertThat(release.targets())
        .extracting(Outline.Target::isDefault)
        .containsExactly(false, false, true);
    assertThat(release.target().base()).isEqualTo("scratch");
    assertThat(release.targets().get(0).platform()).contains("$BUILDPLATFORM");
    assertThat(release.targets().get(0).line()).isEqualTo(9);
  }

  @Test
  void argumentsOfAllStagesThatTheTargetNeedsAreListed() {
    assertThat(describe(release.arguments()))
        .containsExactly(
            "VERSION=1 of what is sold",
            "TAG=12 of the base image",
            "TITLE=Shop 1",
            "GOAL=all",
            "MAIL who to tell",
            "LABEL=release-Shop 1");
  }

  @Test
  void secretsAndAgentsAreListedOnceEach() {
    assertThat(release.secrets()).containsExactly(new Outline.Secret("token", false, 28));
    assertThat(release.agents())
        .containsExactly(
            new Outline.SshAgent("default", false, 15), new Outline.SshAgent("deploy", true, 29));
  }

  @Test
  void anotherTargetUsesLess() throws Exception {
    Outline docs = Dockerfile.parse(SHOP).outline("DOCS").orElseThrow();

    assertThat(describe(docs.arguments())).containsExactly("THEME=dark");
    assertThat(docs.secrets()).containsExactly(new Outline.Secret("theme-dark", false, 20));
    assertThat(docs.agents()).isEmpty();
    assertThat(Dockerfile.parse(SHOP).outline("none")).isEmpty();
    assertThat(Dockerfile.parse(SHOP).outline("0").orElseThrow().target().name()).contains("build");
  }

  @Test
  void triggersOfTheBaseCountForWhatIsBuiltFromIt() {
    Outline outline =
        outline("FROM scratch AS base\nONBUILD ARG late=1\nFROM base\nARG own=$late\n")
            .orElseThrow();

    assertThat(describe(outline.arguments())).containsExactly("late=1", "own=1");
  }

  @Test
  void whatCannotBeExpandedIsAsItIsWritten() {
    Outline outline =
        outline(
                """
                ARG broken=${x:?}
                FROM scratch
                ARG broken
                ARG other=${
                RUN --mount=type=secret x
                ONBUILD FLY
                FROM scratch
                """)
            .orElseThrow();

    assertThat(outline.arguments()).isEmpty();
    assertThat(outline.targets()).hasSize(2);
  }

  @Test
  void aFileWithoutAStageHasNoOutline() {
    assertThat(outline("ARG a\n")).isEmpty();
  }

  private static List<String> describe(List<Outline.Argument> arguments) {
    return arguments.stream()
        .map(
            argument ->
                argument.name()
                    + argument.value().map("="::concat).orElse("")
                    + argument.description().map(" "::concat).orElse(""))
        .toList();
  }
}
