// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs processes to their end and measures them. One at a time. */
final class Meter {
  private static final int POLL_MILLIS = 15;
  private static final long LIMIT_SECONDS = 240;

  private final Path log;

  /** Takes a file for what the processes say. */
  Meter(Path log) {
    this.log = log;
  }

  /**
   * Runs a command.
   *
   * @param daemons the names of processes that work for it
   * @throws IOException if it fails or takes longer than four minutes
   */
  Cost run(List<String> command, Set<String> daemons) throws IOException, InterruptedException {
    Set<Long> daemonIds = ProcessTable.named(daemons);
    double before = ProcessTable.cpuOfEndedChildren() + ProcessTable.cpu(daemonIds);
    long daemonsBefore = daemonIds.stream().mapToLong(ProcessTable::memory).sum();
    daemonIds.forEach(ProcessTable::forgetPeak);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    long memory;
    try {
      memory = await(process, start);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    double wall = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IOException(
          String.join(" ", command) + ": exit " + process.exitValue() + ": " + output());
    }
    double after = ProcessTable.cpuOfEndedChildren() + ProcessTable.cpu(daemonIds);
    long daemonsPeak = daemonIds.stream().mapToLong(ProcessTable::peakMemory).sum();
    long grown = Math.max(0, daemonsPeak - daemonsBefore);
    return new Cost(after - before, wall, memory + grown);
  }

  /** Returns the end of what the last command said, at most 1,000 characters. */
  String output() throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    return text.substring(Math.max(0, text.length() - 1_000));
  }

  /** Returns the most memory the process and its descendants had at once. */
  private static long await(Process process, long start) throws IOException, InterruptedException {
    long most = 0;
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      long now = ProcessTable.memory(process.pid());
      long peak = ProcessTable.peakMemory(process.pid());
      for (ProcessHandle child : process.descendants().toList()) {
        now += ProcessTable.memory(child.pid());
        peak = Math.max(peak, ProcessTable.peakMemory(child.pid()));
      }
      most = Math.max(most, Math.max(now, peak));
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
        throw new IOException("took longer than " + LIMIT_SECONDS + " s");
      }
    }
    return most;
  }
}
