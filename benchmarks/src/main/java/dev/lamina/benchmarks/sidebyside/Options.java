// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a command line says.
 *
 * @param rounds how often each side works, if it doesn't take long
 * @param minutes how long all rows may take together, if each needs no more than one round
 * @param work the folder to work in
 * @param out the file of results
 * @param list whether the rows are only to be listed
 * @param rows the rows to run, in their order
 */
record Options(int rounds, int minutes, Path work, Path out, boolean list, List<Row> rows) {
  private static final int ROUNDS = 3;
  private static final int MINUTES = 12;

  Options {
    rows = List.copyOf(rows);
  }

  /**
   * Reads a command line.
   *
   * @param results the file of results, if it says none
   * @throws IllegalArgumentException if it can't be understood
   */
  static Options parse(List<String> words, List<Row> all, Path results) {
    int rounds = ROUNDS;
    int minutes = MINUTES;
    Path work = Path.of("benchmarks/target/side-by-side");
    Path out = results;
    boolean list = false;
    List<Row> rows = new ArrayList<>();
    Deque<String> rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      switch (word) {
        case "--rounds" -> rounds = Integer.parseInt(value(word, rest));
        case "--minutes" -> minutes = Integer.parseInt(value(word, rest));
        case "--work" -> work = Path.of(value(word, rest));
        case "--out" -> out = Path.of(value(word, rest));
        case "--list" -> list = true;
        default -> rows.add(row(word, all));
      }
    }
    return new Options(rounds, minutes, work, out, list, rows.isEmpty() ? all : rows);
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + ": expected a value");
    }
    return rest.removeFirst();
  }

  private static Row row(String name, List<Row> all) {
    return all.stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(name + ": no such row or option; see --list"));
  }
}
