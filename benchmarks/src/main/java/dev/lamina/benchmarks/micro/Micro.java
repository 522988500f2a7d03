// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.micro;

import dev.lamina.benchmarks.sidebyside.Report;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The main class behind {@code benchmarks/bin/micro}: runs the classes of benchmarks whose names
 * match, with short iterations, and writes a section for each class.
 */
public final class Micro {
  private static final int FORKS = 3;
  private static final int ITERATIONS = 2;
  private static final TimeValue LENGTH = TimeValue.milliseconds(500);

  /** Of warm-ups, as many as a class says it needs. */
  private static final TimeValue WARM_UP = TimeValue.seconds(1);

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Micro() {}

  /** Runs the benchmarks that match one of the expressions; all if there is none. */
  public static void main(String[] expressions) throws RunnerException, IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(FORKS)
            .warmupTime(WARM_UP)
            .measurementIterations(ITERATIONS)
            .measurementTime(LENGTH)
            .addProfiler(CpuProfiler.class)
            .addProfiler(GCProfiler.class);
    for (String expression : expressions) {
      options.include(expression);
    }
    Map<String, List<RunResult>> classes =
        new Runner(options.build())
            .run().stream()
                .collect(
                    Collectors.groupingBy(Micro::className, TreeMap::new, Collectors.toList()));
    Report report = new Report(Report.RESULTS);
    for (Map.Entry<String, List<RunResult>> each : classes.entrySet()) {
      report.put(each.getKey(), section(each.getKey(), each.getValue()));
    }
  }

  private static String className(RunResult result) {
    String method = result.getParams().getBenchmark();
    String type = method.substring(0, method.lastIndexOf('.'));
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String section(String type, Collection<RunResult> results) {
    StringBuilder text = new StringBuilder("| | wall | CPU | allocated |\n|---|---:|---:|---:|\n");
    Map<String, Double> walls = new TreeMap<>();
    for (RunResult result : results) {
      double wall = nanos(result.getPrimaryResult());
      walls.put(name(result), wall);
      text.append("| ").append(name(result)).append(" | ").append(Amounts.time(wall));
      double cpu = nanos(secondary(result, CpuProfiler.LABEL));
      text.append(" | ").append(Amounts.time(cpu)).append(" | ");
      text.append(Amounts.bytes(secondary(result, ALLOCATED).getScore())).append(" |\n");
    }
    text.append('\n');
    for (Goal goal : Goal.ALL) {
      if (goal.type().equals(type)) {
        text.append("- Target: ").append(goal.verdict(walls)).append('\n');
      }
    }
    return text.append(
            String.format(
                "%n%s; Java %s; %d forks, each %d iterations of %s after %d of %s;"
                    + " `benchmarks/bin/micro %s`%n",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.version(),
                FORKS,
                ITERATIONS,
                LENGTH,
                results.iterator().next().getParams().getWarmup().getCount(),
                WARM_UP,
                type))
        .toString();
  }

  /** Some releases of JMH put a dot before the names of its own profilers' figures. */
  private static Result<?> secondary(RunResult result, String name) {
    for (String key : result.getSecondaryResults().keySet()) {
      if (key.endsWith(name)) {
        return result.getSecondaryResults().get(key);
      }
    }
    throw new IllegalArgumentException(name + ": wasn't measured");
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

  /** Returns a result in nanoseconds for an operation. */
  private static double nanos(Result<?> result) {
    String unit = result.getScoreUnit();
    return result.getScore()
        * switch (unit) {
          case "ns/op" -> 1;
          case "us/op" -> 1e3;
          case "ms/op" -> 1e6;
          case "s/op" -> 1e9;
          default -> throw new IllegalArgumentException("unit " + unit);
        };
  }
}
