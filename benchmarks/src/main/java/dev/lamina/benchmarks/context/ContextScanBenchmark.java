// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.context;

import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.context.BuildContext;
import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A context folder as a tree; the baseline visits the files and reads nothing but sizes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
@State(Scope.Benchmark)
public class ContextScanBenchmark {
  /** How many files there are, a hundred in a directory. */
  @Param("20000")
  public int files;

  private Path folder = Path.of("");

  /** Makes the files. */
  @Setup(Level.Trial)
  public void makeFiles() throws IOException {
    folder = Files.createTempDirectory("lamina-context");
    for (int i = 0; i < files; i++) {
      Path file = folder.resolve(SampleFolders.file(i));
      if (i % 100 == 0) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, "content");
    }
  }

  /** Deletes them. */
  @TearDown(Level.Trial)
  public void deleteFiles() throws IOException {
    SampleFolders.delete(folder);
  }

  /** The tree, with all attributes and links, on all cores. */
  @Benchmark
  public long scan() throws IOException, InterruptedException {
    FileTree tree = BuildContext.folder(folder).tree(Set.of("/"));
    return tree.size();
  }

  /** The baseline. */
  @Benchmark
  public long walkFileTree() throws IOException {
    long[] sizes = {0};
    Path unused =
        Files.walkFileTree(
            folder,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sizes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
              }
            });
    return sizes[0];
  }
}
