// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static dev.lamina.insight.Layers.cleared;
import static dev.lamina.insight.Layers.dir;
import static dev.lamina.insight.Layers.file;
import static dev.lamina.insight.Layers.image;
import static dev.lamina.insight.Layers.link;
import static dev.lamina.insight.Layers.removed;
import static dev.lamina.insight.Layers.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageReportTest {
  private static final String KB = "x".repeat(1000);

  private final Layers shop =
      image()
          .step("ADD rootfs.tar /", dir("/etc"), file("/etc/os-release", "ID=lamina"))
          .step("COPY app /app", dir("/app"), file("/app/a.jar", KB + "a"), file("/app/b.jar", KB))
          .step("RUN chown", dir("/app"), file("/app/a.jar", KB + "a", 0600))
          .step("RUN rm", removed("/app/b.jar"), file("/copy", KB + "a"))
          .empty("USER 1000");

  private static List<String> entries(ImageReport report, int step) {
    return report.steps().get(step - 1).entries().stream()
        .map(
            e ->
                e.change()
                    + " "
                    + e.path()
                    + " "
                    + e.bytes()
                    + (e.goneAt() == 0 ? "" : " " + e.goneBy() + " at " + e.goneAt()))
        .toList();
  }

  @Test
  void everyEntrySaysWhatItDidAndWhatBecameOfIt() throws IOException {
    ImageReport report = shop.report();

    assertThat(entries(report, 2))
        .containsExactly(
            "ADDED /app 0 AGAIN at 3",
            "ADDED /app/a.jar 1001 ATTRIBUTES at 3",
            "ADDED /app/b.jar 1000 DELETED at 4");
    assertThat(entries(report, 3)).containsExactly("AGAIN /app 0", "ATTRIBUTES /app/a.jar 1001");
    assertThat(entries(report, 4)).containsExactly("DELETED /app/b.jar 1000", "ADDED /copy 1001");
    assertThat(entries(report, 5)).isEmpty();
  }

  @Test
  void stepsAreCounted() throws IOException {
    StepReport copy = shop.report().steps().get(1);

    assertThat(copy.added()).isEqualTo(new Count(3, 2001));
    assertThat(copy.wasted()).isEqualTo(new Count(2, 2001));
    assertThat(shop.report().steps().get(2).changed()).isEqualTo(new Count(1, 1001));
    assertThat(shop.report().steps().get(2).again()).isEqualTo(new Count(1, 0));
    assertThat(shop.report().steps().get(3).deleted()).isEqualTo(new Count(1, 1000));
    assertThat(copy.largestFiles(1))
        .extracting(e -> e.path().toString())
        .containsExactly("/app/a.jar");
  }

  @Test
  void wasteIsWhatLaterStepsHideAndWhatIsStoredTwice() throws IOException {
    ImageReport report = shop.report();

    assertThat(report.hiddenBytes()).isEqualTo(2001);
    assertThat(report.duplicateBytes()).isEqualTo(1001);
    assertThat(report.wastedBytes()).isEqualTo(3002);
    assertThat(report.visible()).isEqualTo(new Count(3, 2011));
    assertThat(report.waste())
        .extracting(
            w -> w.storedBy() + " " + w.hiddenBy() + " " + w.how() + " " + w.files().bytes())
        .containsExactly("2 3 ATTRIBUTES 1001", "2 4 DELETED 1000");
    assertThat(report.duplicates())
        .extracting(d -> d.bytes() + " " + d.places())
        .containsExactly("1001 [Place[step=3, path=/app/a.jar], Place[step=4, path=/copy]]");
    assertThat(report.duplicates().get(0).isAcrossLayers()).isTrue();
  }

  @Test
  void sameSizeIsNotSameContent() throws IOException {
    ImageReport report = image().step("RUN a", file("/a", "1234"), file("/b", "1235")).report();

    assertThat(report.duplicates()).isEmpty();
  }

  @Test
  void aFileWithTwoNamesIsWasteOnlyWhenBothAreGone() throws IOException {
    Layers linked =
        image().step("RUN a", file("/a", KB), link("/b", "/a")).step("RUN rm a", removed("/a"));
    assertThat(linked.report().wastedBytes()).isZero();
    assertThat(linked.report().visible()).isEqualTo(new Count(1, 1000));
    assertThat(entries(linked.report(), 2)).containsExactly("DELETED /a 0");

    ImageReport gone = linked.step("RUN rm b", removed("/b")).report();
    assertThat(gone.wastedBytes()).isEqualTo(1000);
    assertThat(entries(gone, 1))
        .containsExactly("ADDED /a 1000 DELETED at 3", "ADDED /b 0 DELETED at 3");
    assertThat(entries(gone, 3)).containsExactly("DELETED /b 1000");
  }

  @Test
  void aDeletedDirectoryCountsOnceWithAllItsBytes() throws IOException {
    ImageReport report =
        image()
            .step("RUN a", dir("/d"), dir("/d/e"), file("/d/e/a", KB), file("/d/b", KB))
            .step("RUN b", removed("/d"))
            .report();

    assertThat(entries(report, 2)).containsExactly("DELETED /d 2000");
    assertThat(report.hiddenBytes()).isEqualTo(2000);
  }

  @Test
  void anOpaqueDirectoryHidesWhatItDoesNotPutAgain() throws IOException {
    ImageReport report =
        image()
            .step("RUN a", dir("/d"), file("/d/a", KB), file("/d/b", KB))
            .step("RUN b", dir("/d"), cleared("/d"), file("/d/b", KB), file("/d/c", "1"))
            .report();

    assertThat(entries(report, 2))
        .containsExactly("DELETED /d/a 1000", "AGAIN /d 0", "AGAIN /d/b 1000", "ADDED /d/c 1");
    assertThat(report.waste())
        .extracting(Waste::how)
        .containsExactly(ChangeKind.AGAIN, ChangeKind.DELETED);
  }

  @Test
  void aFileInTheWayOfADirectoryHidesIt() throws IOException {
    ImageReport report =
        image().step("RUN a", dir("/d"), file("/d/a", KB)).step("RUN b", file("/d", "1")).report();

    assertThat(entries(report, 2)).containsExactly("CHANGED /d 1");
    assertThat(entries(report, 1))
        .containsExactly("ADDED /d 0 CHANGED at 2", "ADDED /d/a 1000 DELETED at 2");
  }

  @Test
  void entriesBelowALinkAreNotedWhereTheyAre() throws IOException {
    ImageReport report =
        image()
            .step(
                "RUN a", dir("/run"), dir("/var"), symlink("/var/run", "/run"), file("/run/a", KB))
            .step("RUN b", file("/var/run/a", "1"))
            .report();

    assertThat(entries(report, 2)).containsExactly("CHANGED /run/a 1");
    assertThat(report.hiddenBytes()).isEqualTo(1000);
  }

  @Test
  void textNamesStepsWasteAndLargestFiles() throws IOException {
    assertThat(shop.report().toText().replaceAll("sha256:\\w+", "ID"))
        .isEqualTo(
            """
            shop/app:1  ID  linux/amd64
            8.62 kB in 4 layers; 2.01 kB in 3 files to be seen; 3.00 kB carried for nothing (35 %)

            step       size    added  changed    again  deleted     wasted  instruction
               1    1.03 kB        2                                        ADD rootfs.tar /
               2    3.54 kB        3                               2.00 kB  COPY app /app
               3    2.03 kB                 1        1                      RUN chown
               4    2.03 kB        1                          1             RUN rm
               5          -                                                 USER 1000

            Hidden by later steps: 2.00 kB
              1.00 kB: step 2 stores a file (/app/a.jar), step 3 stores the same bytes again with other attributes: set owner and mode while copying (--chown, --chmod)
              1.00 kB: step 2 stores a file (/app/b.jar), step 4 deletes it: delete it in the step that makes it

            Stored more than once: 1.00 kB could be saved
              1.00 kB, 2 times:
                step 3  /app/a.jar
                step 4  /copy

            Largest files
                1.00 kB  /app/a.jar
                1.00 kB  /copy
                    9 B  /etc/os-release
            """);
  }

  @Test
  void jsonHoldsEveryEntry() throws IOException {
    String json = shop.report().toJson();

    assertThat(StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8), "report", 1 << 20))
        .isNotNull();
    assertThat(json)
        .contains("\"size\":8620,\"visible\":{\"entries\":3,\"bytes\":2011},\"wastedBytes\":3002")
        .contains(
            "{\"path\":\"/app/b.jar\",\"type\":\"file\",\"change\":\"added\",\"bytes\":1000,"
                + "\"goneAt\":4,\"goneBy\":\"deleted\"}");
  }

  @Test
  void namesThatAreNoUtf8KeepTheirBytesInJson() throws IOException {
    String json = image().step("RUN a", file("/\udcff", "1")).report().toJson();

    assertThat(json).contains("\"path\":\"/\ufffd\",\"pathHex\":\"2fff\"");
  }

  @Test
  void hostileNamesAreHarmlessInTextAndHtml() throws IOException {
    ImageReport report =
        image()
            .step("RUN echo '</script><script>alert(1)</script>' {{script}}", dir("/d"))
            .step(
                "RUN \u001b[2J",
                file("/d/</script><script>alert(2)</script>", KB),
                file("/d/\u001b[31m\u202etxt.exe", "1"),
                file("/d/\udcff{{data}}", "1"))
            .report();

    assertThat(report.toText())
        .doesNotContain("\u001b", "\u202e", "\udcff")
        .contains("\\x1b[31m\\u202etxt.exe", "\\xff");
    String html = report.toHtml();
    assertThat(html.split("</script>", -1)).hasSize(3);
    assertThat(html).doesNotContain("alert(1)</script>", "\u001b", "\u202e");
    assertThat(html).contains("\\u003c/script\\u003e\\u003cscript\\u003ealert(2)");
  }

  @Test
  void htmlLoadsNothing() throws IOException {
    String html = shop.report().toHtml();

    assertThat(html).contains("default-src 'none'").doesNotContain("http://", "https://", "src=");
  }

  @Test
  void anImageWithoutStepsHasAReport() throws IOException {
    ImageReport report = image().report();

    assertThat(report.size()).isZero();
    assertThat(report.toText()).contains("0 B in 0 layers");
    assertThat(report.toHtml()).contains("\"steps\":[]");
  }
}
