// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time of this process so far, as Linux's {@code /proc} has it; in nanoseconds.
 *
 * @param java of Java's threads
 * @param compilers of the just-in-time compilers
 * @param machine of the JVM's own threads
 * @param children of processes that were started and have ended
 */
record ThreadTimes(long java, long compilers, long machine, long children) {
  private static final Path SELF = Path.of("/proc/self");
  private static final long TICK = 10_000_000; // USER_HZ is 100 on all Linux machines
  private static final int USER = 11; // the place in stat, counted after the name
  private static final int KERNEL = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_KERNEL = 14;

  /** Returns the times so far. */
  static ThreadTimes now() throws IOException {
    long[] all = fields(SELF);
    long compilers = 0;
    long machine = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(SELF.resolve("task"))) {
      for (Path thread : threads) {
        long[] times = fields(thread);
        String name = Files.readString(thread.resolve("comm"));
        if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
          compilers += times[USER] + times[KERNEL];
        } else if (isMachine(name)) {
          machine += times[USER] + times[KERNEL];
        }
      }
    }
    return new ThreadTimes(
        (all[USER] + all[KERNEL] - compilers - machine) * TICK,
        compilers * TICK,
        machine * TICK,
        (all[CHILDREN_USER] + all[CHILDREN_KERNEL]) * TICK);
  }

  /** Returns what was taken since. */
  ThreadTimes since(ThreadTimes before) {
    return new ThreadTimes(
        java - before.java,
        compilers - before.compilers,
        machine - before.machine,
        children - before.children);
  }

  private static boolean isMachine(String name) {
    return name.startsWith("VM ")
        || name.startsWith("GC ")
        || name.startsWith("G1 ")
        || name.startsWith("Sweeper")
        || name.startsWith("Monitor Deflati");
  }

  private static long[] fields(Path folder) throws IOException {
    String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long[] numbers = new long[CHILDREN_KERNEL + 1];
    for (int i = 1; i < numbers.length; i++) {
      numbers[i] = Long.parseLong(fields[i]);
    }
    return numbers;
  }
}
