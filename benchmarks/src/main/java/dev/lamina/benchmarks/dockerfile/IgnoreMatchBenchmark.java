// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.dockerfile.ignore.IgnoreCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whether a path is ignored, by the number of patterns; the time is for one path. The baseline asks
 * a regular expression for each pattern and each parent, as Docker does.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class IgnoreMatchBenchmark {
  private static final int DIRECTORIES = 100;
  private static final int FILES = 100;
  private static final int PATHS = DIRECTORIES * FILES;

  /** How many patterns there are. */
  @Param({"16", "64"})
  public int patterns;

  private Dockerignore ignore = Dockerignore.none();
  private List<Pattern> expressions = List.of();

  /** Makes the patterns; a path in a hundred is ignored. */
  @Setup
  public void makePatterns() throws DockerfileSyntaxException {
    StringBuilder text = new StringBuilder("**/file7.txt\n");
    expressions = new ArrayList<>(List.of(Pattern.compile("(.*/)?file7\\.txt")));
    for (int i = 1; i < patterns; i++) {
      text.append("**/build").append(i).append("/*.class\n");
      expressions.add(Pattern.compile("(.*/)?build" + i + "/[^/]*\\.class"));
    }
    ignore = Dockerignore.parse(text.toString());
    if (walk() != DIRECTORIES || eachPattern() != DIRECTORIES) {
      throw new IllegalStateException("one of the two ignores other paths");
    }
  }

  /** Goes down a tree of 10,000 paths, as a scan of a context does. */
  @Benchmark
  @OperationsPerInvocation(PATHS)
  public int walk() {
    int ignored = 0;
    IgnoreCursor source = ignore.root().child("src");
    for (int directory = 0; directory < DIRECTORIES; directory++) {
      IgnoreCursor cursor = source.child("package" + directory);
      for (int file = 0; file < FILES; file++) {
        if (cursor.child("file" + file + ".txt").isExcluded()) {
          ignored++;
        }
      }
    }
    return ignored;
  }

  /** Asks about each of the paths alone. */
  @Benchmark
  @OperationsPerInvocation(PATHS)
  public int path() {
    int ignored = 0;
    for (int directory = 0; directory < DIRECTORIES; directory++) {
      for (int file = 0; file < FILES; file++) {
        if (ignore.excludes("src/package" + directory + "/file" + file + ".txt")) {
          ignored++;
        }
      }
    }
    return ignored;
  }

  /** The baseline. */
  @Benchmark
  @OperationsPerInvocation(PATHS)
  public int eachPattern() {
    int ignored = 0;
    for (int directory = 0; directory < DIRECTORIES; directory++) {
      String parent = "src/package" + directory;
      for (int file = 0; file < FILES; file++) {
        if (matches("src") || matches(parent) || matches(parent + "/file" + file + ".txt")) {
          ignored++;
        }
      }
    }
    return ignored;
  }

  private boolean matches(String path) {
    for (Pattern expression : expressions) {
      if (expression.matcher(path).matches()) {
        return true;
      }
    }
    return false;
  }
}
