// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static dev.lamina.insight.Layers.dir;
import static dev.lamina.insight.Layers.file;
import static dev.lamina.insight.Layers.image;
import static dev.lamina.insight.Layers.symlink;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.Metadata;
import dev.lamina.oci.ContainerConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDiffTest {
  private static ImageDiff diff(Layers before, Layers after) throws IOException {
    return ImageDiff.of(before.timeline(), after.timeline());
  }

  private static Layers shop() {
    return image().step("COPY a /", dir("/etc"), file("/etc/motd", "hello"));
  }

  @Test
  void imagesWithTheSamePartsDoNotDiffer() throws IOException {
    ImageDiff diff = diff(shop(), shop());

    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.toText()).isEqualTo("no difference\n");
  }

  @Test
  void everyPartIsCompared() throws IOException {
    ContainerConfig config = ContainerConfig.EMPTY.withEnv("A", "1").withUser("7");
    Layers after =
        image()
            .step(
                "COPY b /",
                dir("/etc"),
                file("/etc/motd", "goodbye", 0600),
                symlink("/etc/link", "motd"))
            .config(config);

    assertThat(diff(shop().config(config.withEnv("A", "2")), after).differences())
        .extracting(Difference::toString)
        .satisfiesExactly(
            d -> assertThat(d).isEqualTo("env A: 2 → 1"),
            d -> assertThat(d).isEqualTo("/etc/link: only in the second: symlink to motd"),
            d -> assertThat(d).isEqualTo("/etc/motd: 5 bytes, mode 0644 → 7 bytes, mode 0600"),
            d -> assertThat(d).startsWith("step 1: COPY a /, 2024-02-02T02:02:02Z").contains("→"),
            d -> assertThat(d).startsWith("layer 1: "));
  }

  @Test
  void bytesAreComparedThoughSizesAreEqual() throws IOException {
    Layers after = image().step("COPY a /", dir("/etc"), file("/etc/motd", "hallo"));

    assertThat(diff(shop(), after).files())
        .extracting(Difference::toString)
        .isEqualTo(List.of("/etc/motd: other bytes → other bytes"));
  }

  @Test
  void aFileThatOnlyHasAnotherTimeIsToldApart() throws IOException {
    Instant later = Layers.TIME.plusSeconds(1);
    Layers after =
        image()
            .step(
                "COPY a /",
                dir("/etc"),
                file("/etc/motd", "hello".getBytes(UTF_8), Metadata.of(0644, later)));

    ImageDiff diff = diff(shop(), after);

    assertThat(diff.files()).isEmpty();
    assertThat(diff.differences().get(0))
        .hasToString("/etc/motd: 2024-02-02T02:02:02Z → 2024-02-02T02:02:03Z");
    assertThat(diff.toText()).startsWith("Files that differ in their time only\n  /etc/motd: ");
  }

  @Test
  void aPathOfAnotherTypeSaysBothTypes() throws IOException {
    Layers after = image().step("COPY a /", dir("/etc"), symlink("/etc/motd", "x"));

    assertThat(diff(shop(), after).files())
        .extracting(Difference::toString)
        .containsExactly("/etc/motd: file of 5 bytes → symlink to x");
  }
}
