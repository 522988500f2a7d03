// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.dockerfile.text.Utf8;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileWriterTest {

  private static final ParserOptions OPTIONS = ParserOptions.defaults().withCustomKeyword("OWN");

  private final DockerfileWriter writer = DockerfileWriter.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM --platform=linux/arm64 debian:12 AS base",
        "ARG A B=1 C=\"x y\"",
        "ENV A=1 B=\"x y\"",
        "ENV A x y",
        "RUN --mount=type=cache,target=/c --network=none make all",
        "RUN [\"make\", \"all\"]",
        "RUN <<EOF\nmake\nEOF",
        "COPY --from=base --chown=1:2 --chmod=755 --link --parents --exclude=*.md a b /x/",
        "COPY [\"a b\", \"/x/\"]",
        "COPY <<A <<-\"B\" /x/\n$a\nA\n\tb\nB",
        "ADD --checksum=sha256:00 --unpack=false https://example.com/a.tar /x/",
        "HEALTHCHECK --interval=1m30s --timeout=1h --retries=3 CMD curl -f http://localhost",
        "HEALTHCHECK NONE",
        "EXPOSE 443 80/tcp",
        "ONBUILD COPY <<EOF /x\nbody\nEOF",
        "WORKDIR -- --x",
        "VOLUME /a /b",
        "SHELL [\"/bin/bash\", \"-c\"]",
        "CMD",
        "LABEL a=b \"c d\"=e",
        "STOPSIGNAL SIGTERM",
        "USER a:b",
        "MAINTAINER Ada <ada@example.com>",
      })
  void anInstructionInItsUsualFormIsWrittenAsItWasRead(String text) throws Exception {
    assertThat(writer.write(Instruction.parse(text))).isEqualTo(text);
  }

  @Test
  void whatWasReadCanBeWrittenHoweverOddItIs() {
    int read = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      RandomDockerfiles random = new RandomDockerfiles(seed);
      char escape = random.pick(List.of('\\', '`'));
      String text = "# escape=" + escape + "\n" + random.oddInstruction();
      Instruction instruction;
      try {
        instruction = Instruction.parse(text, OPTIONS);
      } catch (DockerfileSyntaxException e) {
        continue;
      }
      read++;
      DockerfileWriter same = writer.withEscape(escape);
      assertThat(parse(escape, same.write(instruction)))
          .as("seed %d: %s", seed, text)
          .isEqualTo(instruction);
    }
    assertThat(read).isGreaterThan(5_000);
  }

  @Test
  void whatAProgramMakesCanBeWritten() {
    for (int seed = 0; seed < 3_000; seed++) {
      Instruction instruction = new RandomDockerfiles(seed).instruction();
      for (char escape : new char[] {'\\', '`'}) {
        String text = writer.withEscape(escape).write(instruction);
        assertThat(parse(escape, text)).as("seed %d: %s", seed, text).isEqualTo(instruction);
      }
    }
  }

  private static Instruction parse(char escape, String text) {
    try {
      return Instruction.parse("# escape=" + escape + "\n" + text, OPTIONS);
    } catch (DockerfileSyntaxException e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void aWholeFileIsWritten() throws Exception {
    List<Instruction> instructions = new ArrayList<>(List.of(From.of("scratch")));
    for (int seed = 0; seed < 200; seed++) {
      instructions.add(new RandomDockerfiles(seed).instruction());
    }

    for (char escape : new char[] {'\\', '`'}) {
      Dockerfile file = Dockerfile.parse(writer.withEscape(escape).write(instructions));

      assertThat(file.escape()).isEqualTo(escape);
      assertThat(file.statements())
          .extracting(Statement::instruction)
          .containsExactlyElementsOf(instructions);
    }
  }

  @Test
  void linesThatAreTooLongAreContinued() throws Exception {
    String command = "echo # \\ \u65e5 ".repeat(40_000) + "end";

    String text = writer.write(Run.shell(command));

    assertThat(text.lines()).allMatch(line -> Utf8.encode(line).length <= 65_535);
    assertThat(Instruction.parse(text)).isEqualTo(Run.shell(command));
  }

  @Test
  void timesAreWrittenInTheirLargestUnits() {
    Healthcheck check =
        new Healthcheck(
            Optional.of(CommandLine.shell("x")),
            Duration.ofMillis(3_661_001),
            Duration.ofNanos(1_002_003),
            Duration.ZERO,
            Duration.ofSeconds(60),
            0);

    assertThat(writer.write(check))
        .isEqualTo(
            "HEALTHCHECK --interval=1h1m1s1ms --timeout=1ms2us3ns --start-interval=1m CMD x");
  }

  @Test
  void whatNoDockerfileCanSayIsRefused() {
    List<Instruction> unsayable =
        List.of(
            new User("a\nb"),
            new Workdir(" "),
            From.of("two words"),
            new Env(List.of()),
            new OnBuild("FROM scratch"),
            Copy.of(List.of("a"), "/b").withChown("\u65e5"),
            Run.of(CommandLine.shell("[\"a\"]")));

    assertThat(unsayable)
        .allSatisfy(
            instruction ->
                assertThatThrownBy(() -> writer.write(instruction))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("instruction that no Dockerfile can say: "));
  }
}
