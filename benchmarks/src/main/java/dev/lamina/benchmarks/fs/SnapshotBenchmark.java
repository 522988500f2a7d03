// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

/**
 * Snapshots of a large tree. One of a tree in which nothing changed is a pointer; what it costs to
 * take one after each change is the difference of the other two.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
@State(Scope.Benchmark)
public class SnapshotBenchmark {
  /** How many files there are. */
  @Param("1000000")
  public int files;

  private OverlayFileSystem fs = OverlayFileSystem.over(FileTree.empty());
  private Path file = Path.of("");
  private long seconds;

  /** Makes the tree. */
  @Setup
  public void makeTree() throws IOException {
    fs = OverlayFileSystem.over(Trees.tree(files));
    file = fs.getPath("/").resolve(SampleFolders.file(files / 2));
  }

  /** The tree as it is now. */
  @Benchmark
  public FileTree snapshot() {
    return fs.snapshot();
  }

  /** A change of one file. */
  @Benchmark
  public Path change() throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(seconds++, TimeUnit.SECONDS));
  }

  /** The tree after a change of one file. */
  @Benchmark
  public FileTree changeAndSnapshot() throws IOException {
    Path unused = change();
    return fs.snapshot();
  }
}
