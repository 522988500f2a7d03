// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageGraphTest {

  @Test
  void aStageDependsOnWhatItIsBuiltFromCopiesFromAndMounts() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            """
            FROM debian AS base
            FROM base AS build
            RUN --mount=from=base,target=/b --mount=type=cache,target=/c make
            FROM scratch AS release
            COPY --from=build /a /a
            COPY --from=0 /b /b
            COPY --from=busybox /c /c
            COPY d /d
            """);
    assertThat(dependencies(file.graph(), "base")).containsExactly("FROM debian");
    assertThat(dependencies(file.graph(), "build"))
        .containsExactly("FROM base = stage 0", "MOUNT base = stage 0");
    assertThat(dependencies(file.graph(), "release"))
        .containsExactly(
            "FROM scratch", "COPY build = stage 1", "COPY 0 = stage 0", "COPY busybox");
  }

  @Test
  void everyDependencyKnowsItsLine() throws Exception {
    Dockerfile file = Dockerfile.parse("FROM a AS b\nFROM c\n\nCOPY --from=b /x /y\n");
    assertThat(file.graph().dependencies(file.stages().get(1)))
        .extracting(dependency -> dependency.where().line())
        .containsExactly(2, 4);
  }

  @Test
  void fromMeansTheLastStageAboveOfExactlyThatName() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            "FROM x AS a\nFROM a AS a\nFROM a AS b\nFROM A\nFROM later\nFROM x AS later");
    assertThat(bases(file.graph())).containsExactly("x", "stage 0", "stage 1", "A", "later", "x");
  }

  @Test
  void copyMeansTheLastStageOfTheFileWhateverTheLetterCase() throws Exception {
    Dockerfile file =
        Dockerfile.parse("FROM x AS a\nFROM x AS b\nCOPY --from=A / /\nFROM x AS a\n");
    assertThat(dependencies(file.graph(), "b")).contains("COPY A = stage 2");
    assertThat(file.graph().dependencies(file.stages().get(1)).get(1).isForward()).isTrue();
  }

  @Test
  void aMountMeansAStageByNameOnly() throws Exception {
    Dockerfile file = Dockerfile.parse("FROM x\nFROM x AS b\nRUN --mount=from=0,target=/m true\n");
    assertThat(dependencies(file.graph(), "b")).contains("MOUNT 0");
  }

  /** As BuildKit has it, which looks for an empty base of the mount under that name. */
  @Test
  void aMountFromNowhereDependsOnAStageCalledScratch() throws Exception {
    Dockerfile file =
        Dockerfile.parse("FROM x AS scratch\nFROM x AS b\nRUN --mount=target=/m true\n");
    assertThat(dependencies(file.graph(), "b")).contains("MOUNT scratch = stage 0");
  }

  @Test
  void aNumberThatNoStageHasIsMissing() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            "FROM x AS a\nCOPY --from=1 / /\nCOPY --from=-1 / /\nCOPY --from=1x / /\n");
    assertThat(file.graph().dependencies(file.stages().get(0)))
        .extracting(StageDependency::isMissing)
        .containsExactly(false, true, true, false);
  }

  @Test
  void argumentsAreExpandedInFrom() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            """
            ARG NAME=a
            ARG BASE=${NAME}
            FROM x AS a
            FROM x AS b
            FROM $BASE
            FROM build-$TARGETARCH
            """);
    assertThat(bases(file.graph())).containsExactly("x", "x", "stage 0", "build-amd64");
    assertThat(bases(file.graph(Map.of("BASE", "b", "TARGETARCH", "arm64"))))
        .containsExactly("x", "x", "stage 1", "build-arm64");
  }

  @Test
  void triggersOfAStageCountForTheStagesBuiltFromIt() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            """
            FROM x AS files
            FROM x AS base
            ONBUILD COPY --from=files / /
            ONBUILD COPY --from=
            FROM base AS child
            FROM child AS grandchild
            """);
    assertThat(dependencies(file.graph(), "base")).containsExactly("FROM x");
    assertThat(dependencies(file.graph(), "child"))
        .containsExactly("FROM base = stage 1", "COPY files = stage 0");
    assertThat(dependencies(file.graph(), "grandchild")).containsExactly("FROM child = stage 2");
  }

  @Test
  void triggersOfAnImageComeBeforeTheStagesOwnInstructions() throws Exception {
    Dockerfile file = Dockerfile.parse("FROM x AS a\nFROM golang AS b\nCOPY --from=y / /\n");
    Stage stage = file.stages().get(1);
    Instruction trigger = Instruction.parse("COPY --from=a / /");
    assertThat(dependencies(file.graph().withTriggers(stage, List.of(trigger)), "b"))
        .containsExactly("FROM golang", "COPY a = stage 0", "COPY y");
  }

  @Test
  void aCustomInstructionTakesFromItsFlag() throws Exception {
    ParserOptions options = ParserOptions.defaults().withCustomKeyword("UNPACK");
    Dockerfile file =
        Dockerfile.parse("FROM x AS a\nFROM x AS b\nUNPACK --from=a --to=/ x.zip\n", options);
    assertThat(dependencies(file.graph(), "b")).containsExactly("FROM x", "COPY a = stage 0");
  }

  @Test
  void aNamedContextTakesThePlaceOfAStage() throws Exception {
    Dockerfile file =
        Dockerfile.parse("FROM x AS a\nFROM a AS b\nCOPY --from=a / /\nFROM b AS c\n");
    StageGraph files = graph(file, Map.of("b", Optional.empty()));
    assertThat(dependencies(files, "b")).containsExactly("FROM b");
    assertThat(needed(files, "c")).containsExactly("b", "c");
    StageGraph stage = graph(file, Map.of("b", Optional.of("a")));
    assertThat(dependencies(stage, "b")).containsExactly("FROM b = stage 0");
  }

  @Test
  void aNamedContextTakesThePlaceOfAnImage() throws Exception {
    Dockerfile file = Dockerfile.parse("FROM x AS a\nFROM debian AS b\nCOPY --from=busybox / /\n");
    StageGraph graph = graph(file, Map.of("debian", Optional.of("a"), "busybox", Optional.of("a")));
    assertThat(dependencies(graph, "b"))
        .containsExactly("FROM debian = stage 0", "COPY busybox = stage 0");
  }

  @Test
  void scratchCannotBeReplaced() throws Exception {
    Dockerfile file = Dockerfile.parse("FROM x AS scratch\n");
    StageGraph graph = graph(file, Map.of("scratch", Optional.empty()));
    assertThat(dependencies(graph, "scratch")).containsExactly("FROM x");
  }

  @Test
  void onlyWhatTheTargetDependsOnIsNeeded() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            """
            FROM x AS a
            FROM a AS b
            FROM x AS unused
            FROM x AS c
            COPY --from=b / /
            FROM c AS d
            """);
    assertThat(needed(file.graph(), "d")).containsExactly("a", "b", "c", "d");
    assertThat(needed(file.graph(), "b")).containsExactly("a", "b");
    Stage b = file.stage("b").orElseThrow();
    assertThat(file.graph().dependents(b))
        .extracting(dependency -> dependency.stage().name().orElseThrow())
        .containsExactly("c");
  }

  @Test
  void stagesThatTakeFromEachOtherAreACircle() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            """
            FROM x AS a
            COPY --from=b / /
            FROM x AS b
            COPY --from=c / /
            FROM x AS c
            RUN --mount=from=b,target=/m true
            """);
    assertThat(file.graph().circle())
        .extracting(StageDependency::name)
        .containsExactly("b", "c", "b");
  }

  @Test
  void aStageThatTakesFromOneBuiltFromItIsInACircle() throws Exception {
    Dockerfile file = Dockerfile.parse("FROM x AS a\nCOPY --from=b / /\nFROM a AS b\n");
    assertThat(file.graph().circle()).extracting(StageDependency::name).containsExactly("b", "a");
  }

  @Test
  void aStageTakenFromTwiceIsNoCircle() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            """
            FROM x AS a
            FROM x AS b
            COPY --from=a / /
            FROM x AS c
            COPY --from=a / /
            COPY --from=b / /
            COPY --from=b / /
            """);
    assertThat(file.graph().circle()).isEmpty();
  }

  @Test
  void thousandsOfStagesAreNoProblem() throws Exception {
    StringBuilder text = new StringBuilder("FROM x AS s0\n");
    for (int i = 1; i < 10_000; i++) {
      text.append("FROM x AS s").append(i).append("\nCOPY --from=s").append(i - 1).append(" / /\n");
    }
    Dockerfile file = Dockerfile.parse(text.toString());
    assertThat(file.graph().needed(file.stages().get(9_999))).hasSize(10_000);
    assertThat(file.graph().circle()).isEmpty();
    String circle = text.toString().replace("AS s0\n", "AS s0\nCOPY --from=s9999 / /\n");
    assertThat(Dockerfile.parse(circle).graph().circle()).hasSize(10_000);
  }

  private static StageGraph graph(Dockerfile file, Map<String, Optional<String>> contexts) {
    return file.graph()
        .withContexts(
            name -> Optional.ofNullable(contexts.get(name)).map(StageGraph.NamedSource::new));
  }

  private static List<String> dependencies(StageGraph graph, String stage) {
    return graph.dependencies(graph.stage(stage).orElseThrow()).stream()
        .map(one -> one.kind() + " " + one.name() + number(one).map(n -> " = " + n).orElse(""))
        .toList();
  }

  private static List<String> bases(StageGraph graph) {
    return graph.dockerfile().stages().stream()
        .map(stage -> graph.dependencies(stage).get(0))
        .map(one -> number(one).orElse(one.name()))
        .toList();
  }

  private static Optional<String> number(StageDependency dependency) {
    return dependency.source().map(stage -> "stage " + stage.index());
  }

  private static List<String> needed(StageGraph graph, String stage) {
    return graph.needed(graph.stage(stage).orElseThrow()).stream()
        .map(one -> one.name().orElseThrow())
        .toList();
  }
}
