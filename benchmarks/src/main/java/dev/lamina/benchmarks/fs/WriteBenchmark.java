// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Making 1,000 files of 4 KiB in a new file system. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class WriteBenchmark {
  private static final int FILES = 1_000;

  /** Which file system. */
  @Param({"lamina", "jimfs", "host"})
  public String kind = "";

  private final byte[] bytes = new byte[4096];

  /** Writes all, and throws them away. */
  @Benchmark
  public int create() throws IOException {
    if (kind.equals("host")) {
      Path root = Files.createTempDirectory("lamina-write");
      write(root);
      SampleFolders.delete(root);
      return FILES;
    }
    try (FileSystem fs =
        kind.equals("jimfs")
            ? Jimfs.newFileSystem(Configuration.unix())
            : OverlayFileSystem.over(FileTree.empty())) {
      write(fs.getPath("/"));
    }
    return FILES;
  }

  private void write(Path root) throws IOException {
    Path folder = Files.createDirectory(root.resolve("folder"));
    for (int i = 0; i < FILES; i++) {
      Path ignored = Files.write(folder.resolve("file" + i), bytes);
    }
  }
}
