// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.PathChange;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Diffs of large trees; the baseline walks both trees, as most engines do. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
@State(Scope.Benchmark)
public class DiffBenchmark {
  /** How many files there are, and how many are changed. */
  @Param({"1000000/1", "100000/10000"})
  public String size = "";

  private FileTree base = FileTree.empty();
  private FileTree next = base;

  /** Makes the two trees. */
  @Setup
  public void makeTrees() throws IOException {
    int slash = size.indexOf('/');
    int files = Integer.parseInt(size.substring(0, slash));
    base = Trees.tree(files);
    next = Trees.changed(base, files, Integer.parseInt(size.substring(slash + 1)));
  }

  /** The layer. */
  @Benchmark
  public Changes diff() {
    return next.diff(base);
  }

  /** What {@code docker diff} shows. */
  @Benchmark
  public List<PathChange> compare() {
    return next.compare(base);
  }

  /** The baseline of {@link #diff}: every node of both trees is looked at. */
  @Benchmark
  public int doubleWalk() {
    Map<TreePath, Node> before = new HashMap<>();
    base.forEach(before::put);
    int[] changed = {0};
    next.forEach(
        (path, node) -> {
          Node old = before.remove(path);
          if (old == null || (node instanceof Node.File && !node.equals(old))) {
            changed[0]++;
          }
        });
    return changed[0] + before.size();
  }
}
