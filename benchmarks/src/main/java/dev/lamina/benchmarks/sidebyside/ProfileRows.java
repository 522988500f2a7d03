// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.benchmarks.profile.Profile;
import dev.lamina.benchmarks.profile.Sampler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The main class behind {@code benchmarks/bin/profile}: has the first side of rows work in a
 * running JVM and writes down where its CPU time goes.
 */
public final class ProfileRows {
  private static final Path PROFILES = Path.of("benchmarks/PROFILES.md");
  private static final double SECONDS = 10;
  private static final String USAGE =
      """
      usage: profile [--work DIR] [--out FILE] [--list] [ROW…]
      Has Lamina do the work of rows of side-by-side (all, if none is named) in a running JVM, ten
      seconds each, and writes into FILE where its CPU time goes.
      """;

  private ProfileRows() {}

  /** Profiles the rows that the arguments say; exits 2 if they can't be understood. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new RowProgram("profile", USAGE, PROFILES).run(arguments, ProfileRows::start);
  }

  private static RowProgram.Work start(Options options, Bench bench, PrintStream out) {
    Bench sampled = bench.withWorkerOptions(Sampler.JVM_OPTIONS);
    Report report = new Report(options.out());
    return (row, left) -> profile(row, sampled, report);
  }

  private static void profile(Row row, Bench bench, Report report)
      throws IOException, InterruptedException {
    Contender contender = row.cast().sides(bench).get(0).opening().open();
    try {
      if (!(contender instanceof WarmContender warm)) {
        throw new IOException(row.name() + ": expected a running JVM, found a new one");
      }
      Profile profile = warm.profile(bench.scratch("profile.json"), SECONDS, bench.calm());
      report.put(
          row.name(),
          row.question()
              + "\n\n"
              + profile.table()
              + String.format(
                  Locale.ROOT,
                  "%n%s; %.1f s of CPU, %.0f %% of Java's seen; Java %s; `benchmarks/bin/profile"
                      + " %s`",
                  LocalDate.now(ZoneOffset.UTC),
                  profile.seconds(),
                  profile.seen() * 100,
                  Runtime.version(),
                  row.name()));
    } finally {
      contender.close();
    }
  }
}
