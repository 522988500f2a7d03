// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.micro;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a benchmark is meant to reach. */
sealed interface Goal {
  /** What all are meant to. */
  List<Goal> ALL =
      List.of(
          new AtMost("LookupBenchmark", "lookup, kind lamina-1", 500),
          new AtMost("LookupBenchmark", "lookup, kind lamina-120", 500),
          new Times("LookupBenchmark", "lookup, kind overlayfs-1", 8, "lookup, kind lamina-1"),
          new Times("LookupBenchmark", "lookup, kind overlayfs-120", 8, "lookup, kind lamina-120"),
          new Times("LookupBenchmark", "list, kind overlayfs-1", 5, "list, kind lamina-1"),
          new Times("LookupBenchmark", "list, kind overlayfs-120", 5, "list, kind lamina-120"),
          new Times(
              "FirstWriteBenchmark",
              "firstByte, kind overlayfs, size 1073741824",
              100,
              "firstByte, kind lamina, size 1073741824"),
          new AtMost("SnapshotBenchmark", "snapshot, files 1000000", 1_000),
          new AtMost("DiffBenchmark", "diff, size 1000000/1", 100_000),
          new Times("DiffBenchmark", "doubleWalk, size 1000000/1", 1_000, "diff, size 1000000/1"),
          new AtMost("OpenBenchmark", "openAndLookUp, files 20000, layers 1", 5_000_000),
          new AtMost("OpenBenchmark", "openAndLookUp, files 20000, layers 120", 5_000_000));

  /** Returns the simple name of the class of benchmarks. */
  String type();

  /** Returns in words what is demanded, and whether it is reached. */
  String verdict(Map<String, Double> nanos);

  /** How long one may take: nanoseconds. */
  record AtMost(String type, String benchmark, double most) implements Goal {
    @Override
    public String verdict(Map<String, Double> nanos) {
      Double found = nanos.get(benchmark);
      return String.format(
          "%s takes no more than %s: %s",
          benchmark,
          Amounts.time(most),
          found == null ? NOT_MEASURED : Amounts.time(found) + said(found <= most));
    }
  }

  /** How many times as long one is to take as another. */
  record Times(String type, String benchmark, double times, String other) implements Goal {
    @Override
    public String verdict(Map<String, Double> nanos) {
      Double found = nanos.get(benchmark);
      Double than = nanos.get(other);
      String text = NOT_MEASURED;
      if (found != null && than != null) {
        text = String.format(Locale.ROOT, "%.1f%s", found / than, said(found / than >= times));
      }
      return String.format(
          Locale.ROOT, "%s takes at least %.0f × as long as %s: %s", benchmark, times, other, text);
    }
  }

  /** An overlayfs that can't be mounted isn't there. */
  String NOT_MEASURED = "not measured";

  private static String said(boolean reached) {
    return reached ? ", reached" : ", missed";
  }
}
