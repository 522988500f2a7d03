// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.micro;

import dev.lamina.benchmarks.sidebyside.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The main class behind {@code benchmarks/bin/micro}: runs the classes of benchmarks whose names
 * match, one fork each with short iterations, and writes a section for each class.
 */
public final class Micro {
  private static final Path RESULTS = Path.of("benchmarks/RESULTS.md");
  private static final int WARM_UPS = 3;
  private static final int ITERATIONS = 3;

  private Micro() {}

  /** Runs the benchmarks that match one of the expressions; all if there is none. */
  public static void main(String[] expressions) throws RunnerException, IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(WARM_UPS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(CpuProfiler.class);
    for (String expression : expressions) {
      options.include(expression);
    }
    Map<String, List<RunResult>> classes =
        new Runner(options.build())
            .run().stream()
                .collect(
                    Collectors.groupingBy(Micro::className, TreeMap::new, Collectors.toList()));
    Report report = new Report(RESULTS);
    for (Map.Entry<String, List<RunResult>> each : classes.entrySet()) {
      report.put(each.getKey(), section(each.getValue()));
    }
  }

  private static String className(RunResult result) {
    String method = result.getParams().getBenchmark();
    String type = method.substring(0, method.lastIndexOf('.'));
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String section(Collection<RunResult> results) {
    StringBuilder text = new StringBuilder("| | wall | CPU |\n|---|---:|---:|\n");
    for (RunResult result : results) {
      Result<?> primary = result.getPrimaryResult();
      Result<?> cpu = result.getSecondaryResults().get(CpuProfiler.LABEL);
      text.append("| ").append(name(result)).append(" | ");
      text.append(time(primary.getScore(), primary.getScoreUnit())).append(" | ");
      text.append(cpu == null ? "" : time(cpu.getScore(), cpu.getScoreUnit())).append(" |\n");
    }
    return text.append(
            String.format(
                "%n%s; Java %s; one fork, %d iterations of 1 s after %d; `benchmarks/bin/micro`%n",
                LocalDate.now(ZoneOffset.UTC), Runtime.version(), ITERATIONS, WARM_UPS))
        .toString();
  }

  private static String name(RunResult result) {
    String method = result.getParams().getBenchmark();
    String parameters =
        result.getParams().getParamsKeys().stream()
            .map(key -> key + " " + result.getParams().getParam(key))
            .collect(Collectors.joining(", "));
    String name = method.substring(method.lastIndexOf('.') + 1);
    return parameters.isEmpty() ? name : name + ", " + parameters;
  }

  /** Returns a time for an operation, with a unit that fits it. */
  private static String time(double score, String unit) {
    double nanos =
        score
            * switch (unit) {
              case "ns/op" -> 1;
              case "us/op" -> 1e3;
              case "ms/op" -> 1e6;
              case "s/op" -> 1e9;
              default -> throw new IllegalArgumentException("unit " + unit);
            };
    if (nanos < 1e3) {
      return String.format(Locale.ROOT, "%.0f ns", nanos);
    }
    return nanos < 1e6
        ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
