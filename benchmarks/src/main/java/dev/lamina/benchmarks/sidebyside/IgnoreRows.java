// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The row that asks which paths a {@code .dockerignore} leaves out. {@code benchmarks/peers/ignore}
 * is a program around moby's patternmatcher, which Docker and BuildKit ask; {@code
 * LAMINA_PEER_PATTERNMATCHER} says where it is.
 */
final class IgnoreRows {
  private static final String MOBY = "moby's patternmatcher";
  private static final String TIMES = "20";

  private IgnoreRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "ignore-match",
            "10,101 paths asked about on a walk through them, with what is known of their parents,"
                + " by 16 patterns, 20 times.",
            List.of(Target.cpu(MOBY, 20)),
            IgnoreRows::sides));
  }

  private static List<Side> sides(Bench bench) throws IOException {
    Path folder = bench.workloads().ignored();
    List<Side> sides = new ArrayList<>(Counting.lamina(bench, "ignore", folder, TIMES));
    sides.add(new Side(MOBY, () -> moby(bench, folder)));
    return sides;
  }

  private static Contender moby(Bench bench, Path folder) throws IOException {
    Program matcher = bench.peers().require("patternmatcher");
    return Counting.peer(
        bench,
        matcher.command(
            matcher.path(folder.resolve(Workloads.PATTERNS)),
            matcher.path(folder.resolve(Workloads.PATHS)),
            TIMES));
  }
}
