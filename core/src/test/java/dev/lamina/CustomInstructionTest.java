// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static dev.lamina.testing.ImageAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.build.BuildException;
import dev.lamina.build.BuildPlan;
import dev.lamina.build.PlannedStep;
import dev.lamina.dockerfile.Custom;
import dev.lamina.event.BuildEvent;
import dev.lamina.event.PlainListener;
import dev.lamina.fs.PathChange;
import dev.lamina.insight.Step;
import dev.lamina.spi.CustomArguments;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.LayerWork;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instruction of one's own is in every way like one of Docker's. */
class CustomInstructionTest {
  private final ImageStore store = ImageStore.inMemory();
  private final AtomicInteger executed = new AtomicInteger();

  @TempDir Path context;

  @AfterEach
  void closeTheStore() throws IOException {
    store.close();
  }

  /** {@code SHOUT [--from=STAGE] [--mark=M] SOURCE TARGET}: copies a text in capitals. */
  private void shout(Custom instruction, StepContext step) throws StepException {
    CustomArguments arguments = CustomArguments.of(instruction, step, "from", "mark");
    arguments.require(2, 2, "SHOUT SOURCE TARGET");
    String source = arguments.words().get(0);
    String target = arguments.words().get(1);
    String mark = arguments.flag("mark").orElse("!");
    FileSource files =
        arguments.has("from") ? step.source(arguments.flag("from").get()) : step.buildContext();
    files.need(source);
    step.layer(
        "SHOUT " + source,
        LayerWork.of(
            inputs -> {
              inputs.addFiles(files, source);
              inputs.add("target", target);
              inputs.add("mark", mark);
            },
            layer -> {
              executed.incrementAndGet();
              String text = Files.readString(layer.path(files, source));
              Files.writeString(layer.path(target), text.strip().toUpperCase(Locale.ROOT) + mark);
            }));
  }

  private ImageBuilder builder(String dockerfile) {
    return ImageBuilder.fromText(dockerfile)
        .define("SHOUT", this::shout)
        .context(context)
        .store(store);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(context.resolve(name), text);
  }

  @Test
  void itWorksInADockerfileWithVariablesAndFlags() throws Exception {
    write("motd", "hello\n");
    Image image =
        builder("FROM scratch\nARG TO=/greeting\nSHOUT --mark='?' motd \"$TO\"\n").build();

    assertThat(image).file("/greeting").hasContent("HELLO?").and().hasLayers(1);
    assertThat(image.history()).extracting(Step::instruction).contains("SHOUT motd");
  }

  @Test
  void itWorksAsACallWithArgumentsThatHoldBlanks() throws Exception {
    write("a b", "hello\n");
    Image image =
        ImageBuilder.from("scratch")
            .store(store)
            .context(context)
            .define("shout", this::shout)
            .instruction("SHOUT", "a b", "/the greeting")
            .build();

    assertThat(image).file("/the greeting").hasContent("HELLO!");
  }

  @Test
  void theCacheAnswersUntilAnInputChanges() throws Exception {
    write("motd", "hello\n");
    write("other", "1");
    ImageBuilder builder = builder("FROM scratch\nSHOUT motd /greeting\n");
    Image first = builder.build();
    write("other", "2");
    Image again = builder.build();
    write("motd", "bye\n");
    StringBuilder log = new StringBuilder();
    Image changed = builder.listener(new PlainListener(log)).build();

    assertThat(executed).hasValue(2);
    assertThat(first.layers()).isEqualTo(again.layers());
    assertThat(changed).file("/greeting").hasContent("BYE!");
    assertThat(log).contains("#1 [1/1] SHOUT motd\n").contains("not cached: ").contains("motd");
  }

  @Test
  void itTakesFromAnotherStageWhichIsBuiltForIt() throws Exception {
    String dockerfile =
        """
        FROM scratch AS texts
        COPY <<EOF /t
        deep
        EOF
        FROM scratch
        SHOUT --from=texts /t /greeting
        """;

    assertThat(builder(dockerfile).build()).file("/greeting").hasContent("DEEP!");
  }

  @Test
  void aSourceThatNoFlagNamesIsRefused() {
    ImageBuilder builder =
        ImageBuilder.fromText("FROM scratch AS a\nFROM scratch\nSNEAK\n")
            .define("SNEAK", (sneak, step) -> step.source("a").need("/"))
            .store(store);

    assertThatThrownBy(builder::build)
        .hasMessage("Dockerfile:3: \"a\" is not known as a source yet, name it by the flag --from");
  }

  @Test
  void thePlanShowsIt() throws Exception {
    BuildPlan plan = builder("FROM scratch\nUSER 7\nSHOUT motd /greeting\n").plan();

    assertThat(plan.target().steps())
        .extracting(PlannedStep::toString)
        .containsExactly("USER 7", "SHOUT motd");
  }

  @Test
  void anErrorHasItsPlace() {
    assertThatThrownBy(() -> builder("FROM scratch\n\nSHOUT --marc=x a b\n").build())
        .isInstanceOfSatisfying(BuildException.class, e -> assertThat(e.line()).isEqualTo(3))
        .hasMessage("Dockerfile:3: SHOUT: unknown flag --marc (did you mean mark?)");
    assertThatThrownBy(() -> builder("FROM scratch\nSHOUT a\n").build())
        .hasMessage("Dockerfile:2: SHOUT: expected SHOUT SOURCE TARGET, found 1 argument [a]");
    assertThatThrownBy(() -> builder("FROM scratch\nSHOUT gone /b\n").build())
        .isInstanceOfSatisfying(
            BuildException.class,
            e -> assertThat(e.report()).contains(">>> SHOUT gone /b").contains("not found"));
  }

  @Test
  void anUnknownKeywordIsAnErrorThatSuggestsNone() {
    assertThatThrownBy(() -> ImageBuilder.fromText("FROM scratch\nSHOUT a b\n").store(store).plan())
        .hasMessageContaining("unknown instruction: SHOUT");
    assertThatThrownBy(() -> ImageBuilder.from("scratch").define("COPY", this::shout))
        .hasMessage("custom keyword: COPY has a meaning already");
  }

  @Test
  void itMayDoWhatOtherInstructionsDo() throws Exception {
    write("run.sh", "#!/bin/sh\n");
    Image image =
        ImageBuilder.from("scratch")
            .store(store)
            .context(context)
            .define(
                "SERVICE",
                (service, step) -> {
                  step.perform("COPY --chmod=755 " + service.arguments() + " /srv/");
                  step.perform("WORKDIR /srv");
                  step.perform("ENTRYPOINT [\"/srv/run.sh\"]");
                })
            .arg("FILE", "run.sh")
            .instruction("SERVICE $FILE")
            .build();

    assertThat(image)
        .file("/srv/run.sh")
        .hasMode("0755")
        .and()
        .config()
        .hasWorkdir("/srv")
        .hasEntrypoint("/srv/run.sh");
  }

  @Test
  void itMayMakeSeveralLayers() throws Exception {
    Image image =
        ImageBuilder.from("scratch")
            .store(store)
            .define(
                "TWO",
                (two, step) -> {
                  for (String name : List.of("/a", "/b")) {
                    step.layer(
                        "TWO " + name,
                        LayerWork.of(
                            inputs -> inputs.add("name", name),
                            layer -> Files.createFile(layer.path(name))));
                  }
                })
            .instruction("TWO")
            .build();

    assertThat(image).hasLayers(2).layerOf("TWO /b").holds("/b").doesNotTouch("/a");
  }

  @Test
  void aCheckFailsTheBuildOrLeavesNoLayer() throws Exception {
    ImageBuilder builder =
        ImageBuilder.from("scratch")
            .store(store)
            .define(
                "PRESENT",
                (present, step) ->
                    step.layer(
                        "PRESENT " + present.arguments(),
                        LayerWork.check(
                            inputs -> inputs.add("path", present.arguments()),
                            layer -> {
                              executed.incrementAndGet();
                              Files.createFile(layer.path("/left-behind"));
                              if (!Files.exists(layer.path(present.arguments()))) {
                                throw new StepException(present.arguments() + ": not there");
                              }
                            })))
            .workdir("/app");
    Image image = builder.instruction("PRESENT /app").build();
    Image again = builder.instruction("PRESENT /app").build();

    assertThat(image).hasLayers(1).file("/left-behind").doesNotExist();
    assertThat(again).hasLayers(1);
    assertThat(executed).hasValue(1);
    assertThat(image.history()).extracting(Step::instruction).contains("PRESENT /app");
    assertThatThrownBy(() -> builder.instruction("PRESENT /gone").build())
        .isInstanceOf(BuildException.class)
        .hasMessage("Dockerfile:3: /gone: not there");
  }

  @Test
  void whatItWritesHasTheTimeOfTheBuild() throws Exception {
    write("motd", "hello\n");
    Instant time = Instant.parse("2020-01-02T03:04:05Z");
    ImageBuilder builder = builder("FROM scratch\nSHOUT motd /greeting\n").sourceDate(time);

    assertThat(builder).isReproducible();
    try (var files = builder.build().fileSystem()) {
      assertThat(Files.getLastModifiedTime(files.getPath("/greeting")).toInstant()).isEqualTo(time);
    }
  }

  @Test
  void itCantSmuggleAWhiteoutIntoTheLayer() {
    ImageBuilder builder =
        ImageBuilder.from("scratch")
            .store(store)
            .define(
                "SMUGGLE",
                (smuggle, step) ->
                    step.layer(
                        "SMUGGLE",
                        LayerWork.of(
                            inputs -> {}, layer -> Files.createFile(layer.path("/.wh.etc")))))
            .instruction("SMUGGLE");

    assertThatThrownBy(builder::build).isInstanceOf(BuildException.class);
  }

  @Test
  void itWarnsAsTheLinterDoes() throws Exception {
    StringBuilder warnings = new StringBuilder();
    Image image =
        ImageBuilder.from("scratch")
            .store(store)
            .define("OLD", (old, step) -> step.warn("OldKeyword", "OLD is old"))
            .instruction("OLD")
            .listener(
                event -> {
                  if (event instanceof BuildEvent.Warning warning) {
                    warnings.append(warning.rule()).append(':').append(warning.line());
                  }
                })
            .build();

    assertThat(warnings).hasToString("OldKeyword:2");
    assertThat(image.history()).isEmpty();
    try (var box = image.newContainer()) {
      assertThat(box.diff()).extracting(PathChange::toString).isEmpty();
    }
  }
}
