// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.Change;
import dev.lamina.fs.TreePath;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one: what it shows, and what a click does. */
class ReportHtmlBrowserTest {
  private static final int FILES = 10_000;

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(folder);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open(ImageReport report, String place) throws Exception {
    Path page = Files.writeString(folder.resolve("report.html"), report.toHtml());
    browser.open(URI.create(page.toUri() + place));
  }

  private static long rows() throws Exception {
    return Long.parseLong(browser.evaluate("document.querySelectorAll('#list li').length"));
  }

  /** How many colours the map has: one is an empty map. */
  private static int colours() throws Exception {
    return Integer.parseInt(
        browser.evaluate(
            """
            (() => {
              const map = document.querySelector('#map');
              const points = new Uint32Array(
                  map.getContext('2d').getImageData(0, 0, map.width, map.height).data.buffer);
              return new Set(points).size;
            })()
            """));
  }

  private static boolean isPressed(String button) throws Exception {
    return browser
        .evaluate("document.querySelector('" + button + "').getAttribute('aria-pressed')")
        .equals("true");
  }

  @Test
  void tenThousandFilesInFortyLayersAreShown() throws Exception {
    ImageReport report = BigImage.of(FILES, 40).report();
    long seen =
        report.steps().subList(0, 12).stream()
            .flatMap(step -> step.entries().stream())
            .filter(e -> e.change() != ChangeKind.DELETED && (e.goneAt() == 0 || e.goneAt() > 12))
            .mapToLong(ReportEntry::bytes)
            .sum();
    open(report, "#step=12&view=image");

    assertThat(browser.text("#number")).isEqualTo("step 12 of 45");
    assertThat(rows()).isEqualTo(200);
    assertThat(browser.text("#found"))
        .endsWith("entries, " + Texts.size(seen) + "; the largest 200:");
    assertThat(isPressed("#image")).isTrue();
    assertThat(colours()).isGreaterThan(5);
  }

  @Test
  void clicksMoveThroughStepsViewsFoldersAndFinds() throws Exception {
    ImageReport report =
        Layers.image()
            .step("COPY a /app", Layers.file("/app/lib/a.jar", "1234"), Layers.file("/etc/a", "1"))
            .empty("ENV A=1")
            .step("RUN rm a.jar", new Change.Remove(TreePath.of("/app/lib/a.jar")))
            .report();
    open(report, "#step=1");
    assertThat(browser.text("#instruction")).isEqualTo("COPY a /app");

    browser.click("#next");
    assertThat(browser.text("#number")).isEqualTo("step 2 of 3");
    assertThat(browser.text("#nothing")).contains("has no layer");
    browser.click("#step", 0.99, 0.5); // the slider, at its end
    assertThat(browser.text("#number")).isEqualTo("step 3 of 3");
    assertThat(browser.text("#list")).contains("/app/lib/a.jar").contains("deleted by step 3");
    assertThat(browser.text("#nothing"))
        .isEqualTo("This step only takes files away; the list says which.");

    browser.click("#image");
    assertThat(isPressed("#image")).isTrue();
    assertThat(browser.text("#list")).contains("/etc/a").doesNotContain("a.jar");
    browser.click("#layer");

    browser.click("#search");
    browser.type("*.jar");
    assertThat(browser.text("#found")).startsWith("Found 2 entries in all steps");
    browser.click("#list li:first-child button");
    assertThat(browser.text("#number")).isEqualTo("step 1 of 3");
    assertThat(browser.text("#crumbs")).startsWith("/app/lib/");
    browser.click("#crumbs button:first-child");
    assertThat(browser.text("#crumbs")).startsWith("/ ");
    browser.click("#map", 0.4, 0.6); // the larger folder
    assertThat(browser.text("#crumbs")).startsWith("/app/");
    assertThat(browser.evaluate("location.hash")).isEqualTo("#step=1&view=layer");
  }

  @Test
  void pageIsLightOrDarkAsTheSystemIsOrTheReaderWants() throws Exception {
    open(Layers.image().step("COPY a /", Layers.file("/a", "1")).report(), "");
    browser.setDark(false);
    assertThat(brightness()).isGreaterThan(200);
    browser.setDark(true);
    assertThat(brightness()).isLessThan(60);
    browser.click("#theme"); // light, whatever the system is
    assertThat(brightness()).isGreaterThan(200);
    browser.click("#theme");
    browser.setDark(false);
    assertThat(brightness()).isLessThan(60);
  }

  /** How bright the page is to look at, from 0 to 255. */
  private static double brightness() throws Exception {
    Path file = folder.resolve("page.png");
    browser.screenshot(file);
    BufferedImage image = ImageIO.read(file.toFile());
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
        .map(rgb -> (rgb >> 8) & 0xFF)
        .average()
        .orElseThrow();
  }

  @Test
  void hostileNamesStayText() throws Exception {
    String hostile = "<img src=x onerror=\"document.title='owned'\">";
    open(
        Layers.image().step("RUN " + hostile, Layers.file("/" + hostile, "1")).report(), "#step=1");

    assertThat(browser.text("#instruction")).isEqualTo("RUN " + hostile);
    assertThat(browser.text("#list")).contains(hostile);
    assertThat(browser.evaluate("document.querySelectorAll('img').length")).isEqualTo("0");
    assertThat(browser.evaluate("document.title")).isNotEqualTo("owned");
  }
}
