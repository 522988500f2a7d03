// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The file of results: a section for each row. A run replaces the sections of its rows and leaves
 * the others, and what people wrote between, as they are.
 */
public final class Report {
  private static final String HEADING = "## ";

  private final Path file;

  /** Takes the file, which may be missing. */
  public Report(Path file) {
    this.file = file;
  }

  /**
   * Writes a row's section.
   *
   * @param conditions when, where and how it was run: one line
   */
  void put(Row row, List<Outcome> outcomes, String conditions) throws IOException {
    put(row.name(), section(row, outcomes, conditions));
  }

  /**
   * Writes a section.
   *
   * @param name its heading
   * @param body what stands below
   */
  public void put(String name, String body) throws IOException {
    Map<String, String> sections = read();
    sections.put(name, HEADING + name + "\n\n" + body.strip() + "\n\n");
    StringBuilder text = new StringBuilder();
    sections.values().forEach(text::append);
    Files.writeString(file, text);
  }

  /** Returns the sections by the first word of their headings; what is before them under "". */
  private Map<String, String> read() throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    String name = "";
    StringBuilder text = new StringBuilder();
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      if (line.startsWith(HEADING)) {
        sections.put(name, text.toString());
        text.setLength(0);
        name = line.substring(HEADING.length()).strip();
      }
      text.append(line).append('\n');
    }
    sections.put(name, text.toString());
    return sections;
  }

  private static String section(Row row, List<Outcome> outcomes, String conditions) {
    StringBuilder text = new StringBuilder();
    text.append(row.question()).append("\n\n");
    text.append("| | CPU s | wall s | memory MB | CPU × | wall × | runs |\n");
    text.append("|---|---:|---:|---:|---:|---:|---:|\n");
    for (Outcome outcome : outcomes) {
      text.append(line(outcome, outcomes.get(0)));
    }
    text.append('\n');
    for (Target target : row.targets()) {
      text.append(line(target, outcomes));
    }
    if (!row.targets().isEmpty()) {
      text.append('\n');
    }
    return text.append(conditions).toString();
  }

  private static String line(Outcome outcome, Outcome reference) {
    if (!outcome.counts()) {
      String problem = outcome.problem().replaceAll("\\s+", " ").replace("|", "\\|");
      return String.format("| %s | %s ||||||%n", outcome.name(), shortened(problem));
    }
    Cost median = outcome.median();
    return String.format(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %d | %s | %s | %d |%n",
        outcome.name(),
        median.cpu(),
        median.wall(),
        median.memory() >> 20,
        times(outcome.times(reference, Target.Figure.CPU)),
        times(outcome.times(reference, Target.Figure.WALL)),
        outcome.costs().size());
  }

  private static String line(Target target, List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome.name().equals(target.side())) {
        OptionalDouble times = outcome.times(outcomes.get(0), target.figure());
        String found =
            times.isEmpty()
                ? "not measured"
                : times(times) + (times.getAsDouble() >= target.times() ? ", reached" : ", missed");
        return String.format(
            Locale.ROOT,
            "- Target: %s takes at least %s × as much %s: %s%n",
            target.side(),
            times(OptionalDouble.of(target.times())),
            target.figure().name().toLowerCase(Locale.ROOT),
            found);
      }
    }
    throw new IllegalArgumentException("no side is called " + target.side());
  }

  private static String times(OptionalDouble times) {
    if (times.isEmpty()) {
      return "";
    }
    double value = times.getAsDouble();
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  private static String shortened(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }
}
