// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.context.BuildContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls and a Dockerfile that say the same give the same image. */
class FluentBuilderTest {
  private static final BuildContext FILES =
      BuildContext.of(
          Map.of(
              "a", bytes("a"),
              "b c", bytes("b"),
              "d/e", bytes("e"),
              "d/f.md", bytes("f")));

  private final ImageStore store = ImageStore.inMemory();

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Image build(ImageBuilder builder) throws Exception {
    return builder.context(FILES).store(store).sourceDate(Instant.ofEpochSecond(99)).build();
  }

  /** What an instruction is as a call and as a line. */
  private record Twin(String line, UnaryOperator<ImageBuilder> call) {}

  private static final List<Twin> TWINS =
      List.of(
          new Twin("COPY a /x/", b -> b.copy("a", "/x/")),
          new Twin("COPY [\"b c\", \"a\", \"/many/\"]", b -> b.copy(List.of("b c", "a"), "/many/")),
          new Twin(
              "COPY --chown=7:8 --chmod=0640 a /owned",
              b -> b.copy(List.of("a"), "/owned", Flags.none().chown("7:8").chmod("0640"))),
          new Twin(
              "COPY --exclude=*.md --link d /d/",
              b -> b.copy(List.of("d"), "/d/", Flags.none().exclude("*.md").link())),
          new Twin(
              "COPY --parents d/e /p/", b -> b.copy(List.of("d/e"), "/p/", Flags.none().parents())),
          new Twin("COPY --from=first /one /got", b -> b.copyFrom("first", "/one", "/got")),
          new Twin("COPY <<'EOF' /text\nhello $x\nEOF", b -> b.copyText("hello $x\n", "/text")),
          new Twin("ADD d /added/", b -> b.add("d", "/added/")),
          new Twin("ENV ONE=\"1 $TWO\"", b -> b.env("ONE", "1 $TWO")),
          new Twin("ENV TWO=\"a\\\\b\\\"c'd\\$e\"", b -> b.env("TWO", "a\\b\"c'd\\$e")),
          new Twin("ENV X=\"1\" Y=\"2\"", b -> b.env(Map.of("Y", "2", "X", "1"))),
          new Twin("LABEL \"a key\"=\"v\"", b -> b.label("a key", "v")),
          new Twin("LABEL k.l=\"$ONE\" m=\"\"", b -> b.label(Map.of("k.l", "$ONE", "m", ""))),
          new Twin("ARG GIVEN", b -> b.arg("GIVEN")),
          new Twin("ARG WITH=\"a b\"", b -> b.arg("WITH", "a b")),
          new Twin("WORKDIR sub dir", b -> b.workdir("sub dir")),
          new Twin("USER 5:6", b -> b.user("5:6")),
          new Twin("EXPOSE 80 53/udp", b -> b.expose("80", "53/udp")),
          new Twin("VOLUME [\"/v\", \"/w x\"]", b -> b.volume("/v", "/w x")),
          new Twin("ENTRYPOINT [\"run\", \"a \\\"b\\\"\"]", b -> b.entrypoint("run", "a \"b\"")),
          new Twin("ENTRYPOINT run $X", b -> b.entrypointShell("run $X")),
          new Twin("CMD [\"a\\\\b\", \"\"]", b -> b.cmd("a\\b", "")),
          new Twin("CMD echo hi", b -> b.cmdShell("echo hi")),
          new Twin("SHELL [\"/bin/bash\", \"-c\"]", b -> b.shell("/bin/bash", "-c")),
          new Twin(
              "HEALTHCHECK --interval=5s --retries=2 CMD check",
              b -> b.healthcheck("check", Flags.none().interval(Duration.ofSeconds(5)).retries(2))),
          new Twin(
              "HEALTHCHECK --timeout=1s --start-period=2s --start-interval=3s CMD [\"c\", \"d\"]",
              b ->
                  b.healthcheck(
                      List.of("c", "d"),
                      Flags.none()
                          .timeout(Duration.ofSeconds(1))
                          .startPeriod(Duration.ofSeconds(2))
                          .startInterval(Duration.ofSeconds(3)))),
          new Twin("HEALTHCHECK NONE", ImageBuilder::noHealthcheck),
          new Twin("STOPSIGNAL SIGINT", b -> b.stopSignal("SIGINT")),
          new Twin("ONBUILD RUN x", b -> b.onBuild("RUN x")),
          new Twin("MAINTAINER Me Too", b -> b.maintainer("Me Too")));

  @Test
  void everyInstructionHasItsMethod() throws Exception {
    for (Twin twin : TWINS) {
      assertSame(List.of(twin));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anySequenceGivesOneImageBothWays(long seed) throws Exception {
    Random random = new Random(seed);
    List<Twin> sequence = new ArrayList<>();
    for (int i = random.nextInt(14); i >= 0; i--) {
      sequence.add(TWINS.get(random.nextInt(TWINS.size())));
    }
    assertSame(sequence);
  }

  private void assertSame(List<Twin> sequence) throws Exception {
    StringBuilder text = new StringBuilder("FROM scratch AS first\nCOPY a /one\n\nFROM scratch\n");
    ImageBuilder calls = ImageBuilder.from("scratch").stage("first", b -> b.copy("a", "/one"));
    for (Twin twin : sequence) {
      text.append(twin.line).append('\n');
      calls = twin.call.apply(calls);
    }
    Image parsed = build(ImageBuilder.fromText(text.toString()));
    assertThat(build(calls).id()).as(text.toString()).isEqualTo(parsed.id());
    Image printed = build(ImageBuilder.fromText(calls.toDockerfile()));
    assertThat(printed.id()).as(calls.toDockerfile()).isEqualTo(parsed.id());
  }

  @Test
  void runIsWrittenSoThatItIsReadBack() throws Exception {
    assertThat(ImageBuilder.from("scratch").run("make all").toDockerfile())
        .isEqualTo("FROM scratch\nRUN make all\n");
    assertThat(
            ImageBuilder.from("scratch")
                .run("a", Flags.none().mount("type=cache,target=/c d").network("none"))
                .run(List.of("b", "c"))
                .toDockerfile())
        .isEqualTo(
            """
            FROM scratch
            RUN --mount="type=cache,target=/c d" --network=none a
            RUN ["b", "c"]
            """);
    assertThat(ImageBuilder.from("scratch").run("a EOF\nb \\").toDockerfile())
        .isEqualTo("FROM scratch\nRUN <<'EOF_'\na EOF\nb \\\nEOF_\n");
  }

  @Test
  void whatNoDockerfileCanSayIsRefused() {
    ImageBuilder builder = ImageBuilder.from("scratch");
    assertThatThrownBy(() -> builder.env("A", "two\nlines"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.user("a\nRUN evil"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.workdir("/a\\")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.arg("A B")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ImageBuilder.from("a\nRUN b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stagesStandBeforeTheLastInTheOrderTheyWereAdded() throws Exception {
    ImageBuilder tools = ImageBuilder.from("scratch").globalArg("V", "1").copy("a", "/tool");
    String text =
        ImageBuilder.from("base")
            .stage("base", "scratch", b -> b.copy("d", "/d"))
            .stage("tools", tools)
            .copyFrom("tools", "/tool", "/bin/")
            .named("final")
            .toDockerfile();
    assertThat(text)
        .isEqualTo(
            """
            ARG V="1"

            FROM scratch AS base
            COPY ["d", "/d"]

            FROM scratch AS tools
            COPY ["a", "/tool"]

            FROM base AS final
            COPY --from=tools ["/tool", "/bin/"]
            """);
  }

  @Test
  void aBuilderIsAPrefixOfOthers() throws Exception {
    ImageBuilder prefix = ImageBuilder.from("scratch").copy("a", "/a");
    Image one = build(prefix.env("X", "1"));
    Image two = build(prefix.env("X", "2"));
    assertThat(one.layers()).isEqualTo(two.layers());
    assertThat(one.id()).isNotEqualTo(two.id());
    assertThat(build(prefix).config().config().env("X")).isEmpty();
  }

  @Test
  void filesOfTheHostAreCopiedWithoutAContext(@TempDir Path folder) throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("dir")).resolve("f"), "f");
    Image image =
        build(
            ImageBuilder.from("scratch")
                .copy(folder.resolve("dir"), "/all")
                .copy(folder.resolve("dir/f"), "/one", Flags.none().chmod("0600")));
    try (FileSystem files = image.fileSystem()) {
      assertThat(files.getPath("/all/f")).exists();
      assertThat(Files.readString(files.getPath("/one"))).isEqualTo("f");
    }
  }
}
