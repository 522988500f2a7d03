// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.profile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shares of CPU time by parts of the work.
 *
 * @param shares of all CPU time, between 0 and 1, by the part's name, the largest first
 * @param seconds the CPU time in all
 * @param seen how much of what Java's threads took was seen, between 0 and 1: threads that end soon
 *     after they start are missed
 */
public record Profile(Map<String, Double> shares, double seconds, double seen) {
  private static final double LEAST = 0.01;

  /**
   * Shares out what was taken.
   *
   * @param parts nanoseconds of Java's threads by parts, as far as they were seen
   * @param times what was taken in all
   * @param own nanoseconds of the one who looked, which don't count
   */
  static Profile of(Map<String, Long> parts, ThreadTimes times, long own) {
    double java = Math.max(1, times.java() - own);
    double seen = Math.max(1, parts.values().stream().mapToLong(Long::longValue).sum());
    Map<String, Double> nanos = new HashMap<>();
    parts.forEach((part, taken) -> nanos.put(part, taken / seen * java));
    nanos.put("JVM: just-in-time compilers", (double) times.compilers());
    nanos.put("JVM: garbage collection and the like", (double) times.machine());
    nanos.put("processes that are started", (double) times.children());
    double all = nanos.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    nanos.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / all));
    return new Profile(shares, all / 1e9, Math.min(1, seen / java));
  }

  /** Returns a table in Markdown; parts below one in a hundred are summed up in its last line. */
  public String table() {
    StringBuilder text = new StringBuilder("| part | share of CPU |\n|---|---:|\n");
    double rest = 0;
    for (Map.Entry<String, Double> entry : shares.entrySet()) {
      if (entry.getValue() < LEAST) {
        rest += entry.getValue();
      } else {
        text.append(line(entry.getKey(), entry.getValue()));
      }
    }
    return text.append(line("less than 1 % each", rest)).toString();
  }

  private static String line(String part, double share) {
    return String.format(Locale.ROOT, "| %s | %.0f %% |%n", part, share * 100);
  }
}
