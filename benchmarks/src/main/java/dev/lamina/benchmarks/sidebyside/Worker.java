// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import com.google.gson.Gson;
import com.sun.management.OperatingSystemMXBean;
import dev.lamina.benchmarks.profile.Sampler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nullable;

/**
 * The main class that does tasks of {@link Tasks} one after the other, as a program does that has
 * Lamina as its library: a line of JSON is an order, a line of JSON says what it took.
 */
final class Worker {
  /**
   * What is to be done.
   *
   * @param words the task and what it needs
   * @param times how often: the clock of a process's CPU is too coarse for a short task
   */
  record Order(List<String> words, int times) {}

  /**
   * What a task took on average.
   *
   * @param cpu nanoseconds of the whole JVM and of the processes it started
   * @param wall nanoseconds
   * @param compiling how many of the nanoseconds of CPU the just-in-time compilers took
   * @param problem empty if it went well
   */
  record Reply(long cpu, long wall, long compiling, String problem) {}

  /** The order to look from now on at where CPU time goes. */
  static final String LOOK = "look";

  /** The order to end that, and to write the profile to the file that follows. */
  static final String TELL = "tell";

  private final Gson gson = new Gson();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private @Nullable Sampler sampler;

  private Worker() {}

  /** Does what it is told until there is no more. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = System.out;
    System.setOut(System.err);
    Worker worker = new Worker();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Reply reply = worker.obey(worker.gson.fromJson(line, Order.class));
      out.println(worker.gson.toJson(reply));
      out.flush();
    }
  }

  private Reply obey(Order order) throws IOException, InterruptedException {
    double children = ProcessTable.cpuOfEndedChildren();
    long cpu = system.getProcessCpuTime();
    long compiling = compiler.getTotalCompilationTime();
    long wall = System.nanoTime();
    String problem = "";
    try {
      for (int i = 0; i < order.times(); i++) {
        run(order.words());
      }
    } catch (IOException | RuntimeException e) {
      problem = e.toString();
    }
    wall = System.nanoTime() - wall;
    cpu = system.getProcessCpuTime() - cpu;
    cpu += Math.round((ProcessTable.cpuOfEndedChildren() - children) * 1e9);
    compiling = TimeUnit.MILLISECONDS.toNanos(compiler.getTotalCompilationTime() - compiling);
    int times = order.times();
    return new Reply(cpu / times, wall / times, compiling / times, problem);
  }

  private void run(List<String> words) throws IOException, InterruptedException {
    if (words.get(0).equals(LOOK)) {
      sampler = Sampler.start();
    } else if (words.get(0).equals(TELL) && sampler != null) {
      Files.writeString(Path.of(words.get(1)), gson.toJson(sampler.stop()));
    } else {
      Tasks.run(words);
    }
  }
}
