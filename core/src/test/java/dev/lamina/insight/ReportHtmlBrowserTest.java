// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one: does its script run and show what it should? */
class ReportHtmlBrowserTest {
  @TempDir Path folder;
  private Optional<Path> browser = Optional.empty();

  @BeforeEach
  void findBrowser() {
    browser =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(
                dir ->
                    Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(n -> Path.of(dir, n)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(browser.isPresent(), "no Chromium on the PATH");
  }

  /** Returns the page's elements after its script ran. */
  private String open(ImageReport report, String place) throws Exception {
    Path page = Files.writeString(folder.resolve("report.html"), report.toHtml());
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                List.of(
                    browser.orElseThrow().toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + folder.resolve("profile"),
                    "--virtual-time-budget=2000",
                    "--dump-dom",
                    page.toUri() + place))
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("browser ended in time").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    String text = read(dom);
    return text.substring(0, text.indexOf("<script id=\"data\""));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static int count(String text, String what) {
    return text.split(what, -1).length - 1;
  }

  @Test
  void tenThousandFilesInFortyLayersAreShown() throws Exception {
    ImageReport report = BigImage.of(10_000, 40).report();
    long seen =
        report.steps().subList(0, 12).stream()
            .flatMap(step -> step.entries().stream())
            .filter(e -> e.change() != ChangeKind.DELETED && (e.goneAt() == 0 || e.goneAt() > 12))
            .mapToLong(ReportEntry::bytes)
            .sum();
    String dom = open(report, "#step=12&view=image");

    assertThat(dom).contains("step 12 of 45</span>");
    assertThat(count(dom, "<li><button")).isEqualTo(200);
    assertThat(dom).contains("entries, " + Texts.size(seen) + "; the largest 200:");
    assertThat(dom).contains("<button id=\"image\" type=\"button\" aria-pressed=\"true\"");
  }

  @Test
  void hostileNamesStayText() throws Exception {
    String hostile = "<img src=x onerror=\"document.title='owned'\">";
    String dom =
        open(
            Layers.image().step("RUN " + hostile, Layers.file("/" + hostile, "1")).report(),
            "#step=1");

    assertThat(dom).contains("&lt;img src=x onerror=").doesNotContain("<img", "<title>owned");
  }
}
