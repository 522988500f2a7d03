// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  /** The file of all results but profiles, from the repository's root. */
  public static final Path RESULTS = Path.of("benchmarks/RESULTS.md");

  private static final String HEADING = "## ";

  private static final double MB = 1 << 20;

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

  /** Returns the sections by their headings; what is before them under "". */
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
    boolean sizes = outcomes.stream().anyMatch(outcome -> outcome.size() > 0);
    StringBuilder text = new StringBuilder();
    text.append(row.question()).append("\n\n");
    text.append("| | CPU s | wall s | memory MB |").append(sizes ? " size MB |" : "");
    text.append(" CPU × | wall × |").append(sizes ? " size × |" : "").append(" runs |\n");
    text.append("|---|---:|---:|---:|---:|---:|---:|").append(sizes ? "---:|---:|\n" : "\n");
    for (Outcome outcome : outcomes) {
      text.append(line(outcome, outcomes.get(0), sizes));
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

  private static String line(Outcome outcome, Outcome reference, boolean sizes) {
    if (!outcome.counts()) {
      String problem = outcome.problem().replaceAll("\\s+", " ").replace("|", "\\|");
      String rest = sizes ? "||||||||" : "||||||";
      return String.format("| %s | %s %s%n", outcome.name(), shortened(problem), rest);
    }
    Cost median = outcome.median();
    List<String> cells = new ArrayList<>();
    cells.add(outcome.name());
    cells.add(String.format(Locale.ROOT, "%.3f", median.cpu()));
    cells.add(String.format(Locale.ROOT, "%.3f", median.wall()));
    cells.add(Long.toString(median.memory() >> 20));
    if (sizes) {
      cells.add(outcome.size() == 0 ? "" : String.format(Locale.ROOT, "%.1f", outcome.size() / MB));
    }
    cells.add(number(outcome.times(reference, Figure.CPU)));
    cells.add(number(outcome.times(reference, Figure.WALL)));
    if (sizes) {
      OptionalDouble times = outcome.times(reference, Figure.SIZE);
      cells.add(times.isEmpty() ? "" : String.format(Locale.ROOT, "%.3f", times.getAsDouble()));
    }
    cells.add(Integer.toString(outcome.costs().size()));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String line(Target target, List<Outcome> outcomes) {
    Outcome outcome =
        outcomes.stream()
            .filter(each -> each.name().equals(target.side()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no side is called " + target.side()));
    OptionalDouble found = target.found(outcome, outcomes.get(0));
    String verdict = "not measured";
    if (found.isPresent()) {
      double value = found.getAsDouble();
      verdict = Target.number(value) + (target.isReached(value) ? ", reached" : ", missed");
    }
    return "- Target: " + target.demand() + ": " + verdict + "\n";
  }

  private static String number(OptionalDouble value) {
    return value.isEmpty() ? "" : Target.number(value.getAsDouble());
  }

  private static String shortened(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }
}
