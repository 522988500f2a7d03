// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Those who do something short many times, and say what they counted so that it is compared. */
final class Counting {
  private Counting() {}

  /**
   * Returns Lamina in each JVM.
   *
   * @param task the one of {@link Tasks} that writes the count to a file
   * @param folder what it works on
   * @param times how often
   */
  static List<Side> lamina(Bench bench, String task, Path folder, String times) {
    return Jvm.sides(jvm -> lamina(bench, task, folder, times, jvm));
  }

  private static Contender lamina(Bench bench, String task, Path folder, String times, Jvm jvm)
      throws IOException, InterruptedException {
    Path count = bench.scratch(jvm.scratch("count"));
    return jvm.contender(
        bench,
        Contender.NOTHING,
        List.of(task, folder.toString(), times, count.toString()),
        () -> Files.readString(count));
  }

  /** Returns a peer whose command prints the count. */
  static Contender peer(Bench bench, List<String> command) {
    return CommandContender.of(bench.meter(), Contender.NOTHING, command, () -> bench.ask(command));
  }
}
