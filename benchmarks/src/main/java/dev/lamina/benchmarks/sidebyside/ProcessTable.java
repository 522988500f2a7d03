// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What Linux's {@code /proc} says of processes. */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on all Linux machines

  /** The places in {@code /proc/PID/stat}, counted after the name, of ticks of CPU. */
  private static final int USER_TICKS = 11;

  private static final int CHILDREN_USER_TICKS = 13;
  private static final int CHILDREN_SYSTEM_TICKS = 14;

  private ProcessTable() {}

  /** Returns the processes of these names. */
  static Set<Long> named(Set<String> names) throws IOException {
    Set<Long> ids = new HashSet<>();
    if (names.isEmpty()) {
      return ids;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (names.contains(name(process))) {
          ids.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return ids;
  }

  private static String name(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  /** Returns the CPU seconds of this JVM's children that have ended. */
  static double cpuOfEndedChildren() throws IOException {
    return cpu(PROC.resolve("self"), CHILDREN_USER_TICKS);
  }

  /** Returns the CPU seconds of processes and of those of their children that have ended. */
  static double cpu(Set<Long> processes) throws IOException {
    double sum = 0;
    for (long process : processes) {
      sum += cpu(folder(process), USER_TICKS);
    }
    return sum;
  }

  private static double cpu(Path process, int from) throws IOException {
    String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = from; i <= CHILDREN_SYSTEM_TICKS; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Returns the bytes of memory a process has; 0 if it has ended. */
  static long memory(long process) {
    return status(process, "VmRSS:");
  }

  /** Returns the most bytes of memory a process had; 0 if it has ended. */
  static long peakMemory(long process) {
    return status(process, "VmHWM:");
  }

  private static long status(long process, String field) {
    try {
      for (String line : Files.readAllLines(folder(process).resolve("status"))) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException e) {
      return 0; // it has ended
    }
    return 0;
  }

  /** Has a process's peak begin anew, as far as that is allowed. */
  static void forgetPeak(long process) {
    try {
      Files.writeString(folder(process).resolve("clear_refs"), "5");
    } catch (IOException e) {
      return; // its peak is that of its life then
    }
  }

  private static Path folder(long process) {
    return PROC.resolve(Long.toString(process));
  }
}
