// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What README and docs/ show is what CI compiles and runs, and what they link to is there. */
class DocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w*)\\n((?s:.*?))^```$");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> all = Files.walk(ROOT.resolve("docs"))) {
      all.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    pages.add(ROOT.resolve("CONTRIBUTING.md"));
    return pages;
  }

  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String folder : List.of("examples/src", "core/src/test/java")) {
      try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
        for (Path file : all.filter(path -> path.toString().endsWith(".java")).toList()) {
          sources.add(normal(Files.readString(file)));
        }
      }
    }
    return sources;
  }

  /** Code is the same wherever it stands, and wherever its lines are broken. */
  private static String normal(String code) {
    return code.replaceAll("\\s+", "");
  }

  @TestFactory
  Stream<DynamicTest> everyJavaSnippetIsCompiled() throws IOException {
    List<String> sources = sources();
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      int number = 0;
      for (MatchResult block : BLOCK.matcher(Files.readString(page)).results().toList()) {
        if (block.group(1).equals("java")) {
          String code = block.group(2);
          String name = ROOT.relativize(page) + " " + ++number;
          tests.add(
              DynamicTest.dynamicTest(
                  name,
                  () ->
                      assertThat(sources.stream().anyMatch(s -> s.contains(normal(code))))
                          .as("%s must stand in examples/ or in core's tests:%n%s", name, code)
                          .isTrue()));
        }
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
    return pages().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    ROOT.relativize(page).toString(), () -> assertThat(dead(page)).isEmpty()));
  }

  private static List<String> dead(Path page) throws IOException {
    List<String> dead = new ArrayList<>();
    Matcher links = LINK.matcher(BLOCK.matcher(Files.readString(page)).replaceAll(""));
    while (links.find()) {
      String link = links.group(1);
      if (!link.contains("://") && !leadsSomewhere(page, link)) {
        dead.add(link);
      }
    }
    return dead;
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
    if (!target.startsWith(ROOT) || !Files.exists(target)) {
      return false;
    }
    return hash < 0 || anchors(Files.readString(target)).contains(link.substring(hash + 1));
  }

  private static Set<String> anchors(String text) {
    Set<String> anchors = new HashSet<>();
    for (MatchResult heading : HEADING.matcher(text).results().toList()) {
      anchors.add(
          heading
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-'));
    }
    return anchors;
  }

  @Test
  void ciRunsTheTestCommandOfTheReadme() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String quickStart = readme.split("\n## Quick start\n", -1)[1].split("\n## ", -1)[0];
    List<MatchResult> blocks = BLOCK.matcher(quickStart).results().toList();

    assertThat(blocks).extracting(block -> block.group(1)).containsExactly("sh", "sh");
    List<String> commands = blocks.stream().map(block -> block.group(2).strip()).toList();
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("\n" + commands.get(1) + "\n");
  }

  @Test
  void everyPageIsInTheIndex() throws IOException {
    String index = Files.readString(ROOT.resolve("docs/README.md"));
    try (Stream<Path> all = Files.list(ROOT.resolve("docs"))) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".md") && !name.equals("README.md"))
          .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
    }
  }
}
