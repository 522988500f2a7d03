// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.Images;
import dev.lamina.event.BuildEvent;
import dev.lamina.insight.Blame;
import dev.lamina.insight.Difference;
import dev.lamina.insight.ImageDiff;
import dev.lamina.insight.ImageReport;
import dev.lamina.insight.Step;
import dev.lamina.sbom.Sbom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why is it big, why was it rebuilt, why does it differ: docs/explain.md shows this. */
class ExplainTest {
  private static final String DOCKERFILE =
      """
      FROM scratch
      COPY big.bin /app/big.bin
      COPY app.conf /app/app.conf
      COPY small.bin /app/big.bin
      """;

  @TempDir Path context;
  private final ImageStore store = ImageStore.inMemory();
  private Image image;

  @BeforeEach
  void build() throws Exception {
    Files.write(context.resolve("big.bin"), new byte[1_000_000]);
    Files.write(context.resolve("small.bin"), new byte[10]);
    Files.writeString(context.resolve("app.conf"), "port=80\n");
    image = ImageBuilder.fromText(DOCKERFILE).context(context).store(store).build();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void whyItIsBig() throws Exception {
    ImageReport report = image.report();
    report.largestFiles(10).forEach(System.out::println);
    report.waste().forEach(System.out::println);
    Files.writeString(context.resolve("report.html"), report.toHtml());

    assertThat(report.hiddenBytes()).isEqualTo(1_000_000);
    assertThat(report.toText()).contains("1.00 MB");
  }

  @Test
  void whoTouchedAFile() throws Exception {
    Blame blame = image.blame("/app/big.bin");

    assertThat(blame.toString())
        .isEqualTo(
            """
            /app/big.bin:
              added by step 1: COPY big.bin /app/big.bin
              changed by step 3: COPY small.bin /app/big.bin\
            """);
  }

  @Test
  void whatTheImageWasAfterAStep() throws Exception {
    Step first = image.at(1);
    Step last = image.at(3);
    try (var files = first.fileSystem()) {
      assertThat(Files.size(files.getPath("/app/big.bin"))).isEqualTo(1_000_000);
    }
    last.compare(first).forEach(System.out::println); // C /app, A /app/app.conf, C /app/big.bin
  }

  @Test
  void whatIsWhere() throws Exception {
    image.find("*.conf").forEach(System.out::println); // /app/app.conf
    image.grep(Pattern.compile("port")).forEach(System.out::println); // /app/app.conf:1:port=80

    assertThat(image.find("*.conf")).hasSize(1);
    assertThat(image.grep(Pattern.compile("port"))).hasSize(1);
  }

  @Test
  void whyItWasRebuilt() throws Exception {
    Files.writeString(context.resolve("app.conf"), "port=81\n");
    List<String> reasons = new ArrayList<>();
    Image rebuilt =
        ImageBuilder.fromText(DOCKERFILE)
            .context(context)
            .store(store)
            .listener(
                event -> {
                  if (event instanceof BuildEvent.StepStarted step) {
                    reasons.add(step.step().text() + ": " + step.reason());
                  }
                })
            .build();

    assertThat(reasons)
        .containsExactly(
            "COPY app.conf /app/app.conf: app.conf changed",
            "COPY small.bin /app/big.bin: the files below changed");
    assertThat(rebuilt.layers().get(0)).isEqualTo(image.layers().get(0));
  }

  @Test
  void whyItDiffers() throws Exception {
    Files.writeString(context.resolve("app.conf"), "port=8080\n");
    Image today = ImageBuilder.fromText(DOCKERFILE).context(context).store(store).build();
    ImageDiff diff = Images.diff(image, today);
    System.out.print(diff.toText());

    assertThat(diff.files())
        .extracting(Difference::toString)
        .containsExactly("/app/app.conf: 8 bytes → 10 bytes");
  }

  @Test
  void whatIsInIt() throws Exception {
    Sbom sbom = image.sbom();
    Files.writeString(context.resolve("app.spdx.json"), sbom.toSpdxJson());
    image.secrets().forEach(System.out::println);

    assertThat(image.secrets()).isEmpty();
  }
}
