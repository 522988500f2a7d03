// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The main class behind {@code benchmarks/bin/side-by-side}. */
public final class SideBySide {
  private static final String USAGE =
      """
      usage: side-by-side [--rounds N] [--minutes N] [--work DIR] [--out FILE] [--list] [ROW…]
      Runs the rows (all, if none is named) and writes the results into FILE.
      Peers are looked for on the PATH. LAMINA_PEER_DOCKER="chroot /srv/root docker" and the like
      say how to start one that isn't there, LAMINA_PEER_ROOT=/srv/root what such peers see as
      their root: DIR must be below it.
      """;

  private SideBySide() {}

  /** Runs what the arguments say; exits 2 if they can't be understood. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new RowProgram("side-by-side", USAGE, Report.RESULTS).run(arguments, SideBySide::start);
  }

  private static RowProgram.Work start(Options options, Bench bench, PrintStream out) {
    Report report = new Report(options.out());
    Race race = new Race(options.rounds(), bench.calm(), out);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(options.minutes());
    return (row, left) -> {
      long now = System.nanoTime();
      long share = now + Math.max(0, end - now) / left;
      List<Outcome> outcomes = race.run(row.cast().sides(bench), share);
      report.put(row, outcomes, Conditions.describe(options, bench.peers()));
    };
  }
}
