// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that works on the rows its command line names, one after the other.
 *
 * @param name how it is called
 * @param usage what it says of itself if its command line can't be understood
 * @param results the file it writes to, if the command line says none
 */
record RowProgram(String name, String usage, Path results) {
  /** Makes ready for all rows. */
  interface Start {
    /** Returns the work; the bench is opened for these options. */
    Work start(Options options, Bench bench, PrintStream out);
  }

  /** Works on a row. */
  interface Work {
    /**
     * Does it.
     *
     * @param left how many rows there are to go, this one among them
     */
    void on(Row row, int left) throws IOException, InterruptedException;
  }

  /** Does what the arguments say; exits 2 if they can't be understood. */
  void run(String[] arguments, Start start) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options;
    try {
      options = Options.parse(List.of(arguments), Rows.all(), results);
    } catch (IllegalArgumentException e) {
      System.err.println(name + ": " + e.getMessage());
      System.err.print(usage);
      System.exit(2);
      return;
    }
    if (options.list()) {
      options.rows().forEach(row -> out.println(row.name() + ": " + row.question()));
      return;
    }
    Bench bench = Bench.open(options.work());
    Work work = start.start(options, bench, out);
    int left = options.rows().size();
    for (Row row : options.rows()) {
      out.println(row.name());
      try {
        work.on(row, left--);
      } catch (IOException e) {
        out.println("  failed: " + e.getMessage());
      }
      Folders.renew(bench.scratch(""));
    }
  }
}
