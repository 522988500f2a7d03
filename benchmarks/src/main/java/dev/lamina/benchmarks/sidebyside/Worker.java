// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import com.google.gson.Gson;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
   * @param problem empty if it went well
   */
  record Reply(long cpu, long wall, String problem) {}

  private Worker() {}

  /** Does what it is told until there is no more. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    PrintStream out = System.out;
    System.setOut(System.err);
    Gson gson = new Gson();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Order order = gson.fromJson(line, Order.class);
      double children = ProcessTable.cpuOfEndedChildren();
      long cpu = system.getProcessCpuTime();
      long wall = System.nanoTime();
      String problem = "";
      try {
        for (int i = 0; i < order.times(); i++) {
          Tasks.run(order.words());
        }
      } catch (IOException | RuntimeException e) {
        problem = e.toString();
      }
      wall = System.nanoTime() - wall;
      cpu = system.getProcessCpuTime() - cpu;
      cpu += Math.round((ProcessTable.cpuOfEndedChildren() - children) * 1e9);
      out.println(gson.toJson(new Reply(cpu / order.times(), wall / order.times(), problem)));
      out.flush();
    }
  }
}
