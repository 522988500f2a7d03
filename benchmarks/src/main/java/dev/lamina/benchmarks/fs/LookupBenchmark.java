// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Random;
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

/** Reading attributes of one file, listing a directory, and walking all, by file system. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class LookupBenchmark {
  /** Which file system, and over how many layers. */
  @Param({"layers-1", "layers-10", "layers-127", "jimfs", "host"})
  public String kind = "";

  /** How many files there are. */
  @Param({"100000"})
  public int files;

  private final Random random = new Random(1);
  private Path root = Path.of("");
  private Path[] paths = {};

  /** Makes the files. */
  @Setup(Level.Trial)
  public void makeFiles() throws IOException {
    if (kind.equals("jimfs")) {
      root = Trees.write(Jimfs.newFileSystem(Configuration.unix()).getPath("/work"), files);
    } else if (kind.equals("host")) {
      root = Trees.write(Files.createTempDirectory("lamina-lookup"), files);
    } else {
      int layers = Integer.parseInt(kind.substring("layers-".length()));
      root = OverlayFileSystem.over(Trees.layered(files, layers)).getPath("/");
    }
    paths = new Path[4096];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = root.resolve(Trees.file(random.nextInt(files)));
    }
  }

  /** Deletes them. */
  @TearDown(Level.Trial)
  public void deleteFiles() throws IOException {
    if (kind.equals("host")) {
      Trees.delete(root);
    }
  }

  /** One file out of many. */
  @Benchmark
  public long lookup() throws IOException {
    Path path = paths[random.nextInt(paths.length)];
    return Files.readAttributes(path, BasicFileAttributes.class).size();
  }

  /** The names in one directory, which are a hundred. */
  @Benchmark
  public int list() throws IOException {
    Path path = paths[random.nextInt(paths.length)];
    int names = 0;
    try (DirectoryStream<Path> directory = Files.newDirectoryStream(path.getParent())) {
      for (Path name : directory) {
        names += name.getNameCount();
      }
    }
    return names;
  }

  /** All files with their attributes. */
  @Benchmark
  public long walk() throws IOException {
    long[] sizes = {0};
    Path ignored =
        Files.walkFileTree(
            root,
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
