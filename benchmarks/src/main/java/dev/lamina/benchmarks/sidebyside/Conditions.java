// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/** Tells when, where and with what a row was run. */
final class Conditions {
  private Conditions() {}

  /** Returns one line: date, machine, JVM, peers, and the command's options. */
  static String describe(Options options, Peers peers) throws IOException {
    String versions =
        peers.found().stream().map(Program::version).collect(Collectors.joining(", "));
    return String.format(
        "%s; %d × %s, Linux %s; Java %s; %s; `benchmarks/bin/side-by-side --rounds %d`",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        processor(),
        System.getProperty("os.version"),
        Runtime.version(),
        versions.isEmpty() ? "no peer" : versions,
        options.rounds());
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
