// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Documentation shows only code that compiles here, and links only to what is there. */
class DocsTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @TestFactory
  Stream<DynamicTest> everyJavaBlockStandsInCompiledCode() throws IOException {
    String compiled = compiledCode();
    return pages().stream()
        .flatMap(page -> blocks(page, "java").stream().map(block -> inCode(page, block, compiled)));
  }

  @TestFactory
  Stream<DynamicTest> everyRelativeLinkLeadsSomewhere() throws IOException {
    return pages().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    PROJECT.relativize(page).toString(),
                    () -> assertThat(deadLinks(page)).isEmpty()));
  }

  @Test
  void quickStartsSecondCommandIsWhatCiRuns() throws IOException {
    String readme = Files.readString(PROJECT.resolve("README.md"));
    String quickStart = readme.substring(readme.indexOf("## Quick start"));
    List<String> commands =
        quickStart
            .lines()
            .dropWhile(line -> !line.equals("```sh"))
            .filter(line -> line.startsWith("mvn "))
            .toList();
    assertThat(Files.readString(PROJECT.resolve(".ci/run")))
        .contains("\n" + commands.get(1) + "\n");
  }

  private static DynamicTest inCode(Path page, Block block, String compiled) {
    return DynamicTest.dynamicTest(
        PROJECT.relativize(page) + ":" + block.line(),
        () -> assertThat(compiled).contains(withoutLayout(block.text())));
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT, 3)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }

  /** The code of all modules, one string; what is in a block must stand in it, line by line. */
  private static String compiledCode() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && file.toString().contains("/src/"))
          .sorted()
          .map(file -> withoutLayout(read(file)))
          .collect(Collectors.joining("\n"));
    }
  }

  private static List<Block> blocks(Path page, String language) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = read(page).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```" + language)) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        blocks.add(new Block(i + 1, String.join("\n", lines.subList(i + 1, end))));
        i = end;
      }
    }
    return blocks;
  }

  private static List<String> deadLinks(Path page) {
    return java.util.regex.Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)")
        .matcher(read(page))
        .results()
        .map(match -> match.group(1))
        .filter(target -> !Files.exists(page.resolveSibling(target)))
        .toList();
  }

  private static String withoutLayout(String code) {
    return code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Block(int line, String text) {}
}
