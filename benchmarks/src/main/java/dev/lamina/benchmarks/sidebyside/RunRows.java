// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.util.List;

/** Rows that run processes in an image of 8,000 files. */
final class RunRows {
  static final String FIRST_RUN = "first-run";

  /** Makes 50,000 files without starting a process for each. */
  private static final String MAKE_FILES =
      "d=0; while [ $d -lt 500 ]; do mkdir -p /data/$d; f=0; while [ $f -lt 100 ]; do"
          + " echo $d.$f > /data/$d/$f; f=$((f+1)); done; d=$((d+1)); done";

  private RunRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "run-true",
            "`RUN true` over a base of 8,000 files that was used before.",
            List.of(Target.cpu(Builders.DOCKER, 2), Target.cpu(Builders.BUILDAH, 2)),
            bench -> usedBase(bench, "run-true", "true").all()),
        new Row(
            FIRST_RUN,
            "A new base of 8,000 files loaded from an archive, and `RUN true` over it.",
            List.of(),
            RunRows::firstRun),
        new Row(
            "capture-50k",
            "A `RUN` that makes 50,000 small files, and their layer.",
            List.of(),
            bench -> usedBase(bench, "capture-50k", MAKE_FILES).all()));
  }

  private static Builders usedBase(Bench bench, String row, String command) throws IOException {
    return Builders.of(bench, row, bench.workloads().run(row, command))
        .over(Builders.Start.USED_BASE, bench.images()::base);
  }

  private static List<Side> firstRun(Bench bench) throws IOException {
    Images images = bench.images();
    return Builders.of(bench, FIRST_RUN, bench.workloads().run(FIRST_RUN, "true"))
        .over(Builders.Start.NOTHING, images::base)
        .before(images::renewBase)
        .all();
  }
}
