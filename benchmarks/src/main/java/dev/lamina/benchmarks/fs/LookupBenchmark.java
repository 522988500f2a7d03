// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * Reading attributes of one file, and listing a directory: in trees of one layer and of 120, in the
 * kernel's overlayfs over as many, by the same calls of Java, and in jimfs. All is in memory.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class LookupBenchmark {
  private static final int FILES = 10_000;

  /** Which file system, and over how many layers. */
  @Param({"lamina-1", "lamina-120", "overlayfs-1", "overlayfs-120", "jimfs-1"})
  public String kind = "";

  private final Random random = new Random(1);
  private Path[] paths = {};
  private AutoCloseable mounted = () -> {};

  /** Makes the files, and has each been looked at. */
  @Setup(Level.Trial)
  public void makeFiles() throws IOException {
    int dash = kind.indexOf('-');
    Path root = root(kind.substring(0, dash), Integer.parseInt(kind.substring(dash + 1)));
    paths = new Path[4096];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = root.resolve(SampleFolders.file(random.nextInt(FILES)));
      if (!Files.isRegularFile(paths[i])) {
        throw new IOException(paths[i] + ": expected a file, found none");
      }
    }
  }

  private Path root(String type, int layers) throws IOException {
    switch (type) {
      case "lamina" -> {
        return OverlayFileSystem.over(Trees.layered(FILES, layers)).getPath("/");
      }
      case "jimfs" -> {
        return Trees.write(Jimfs.newFileSystem(Configuration.unix()).getPath("/work"), FILES);
      }
      default -> {
        OverlayMount mount =
            OverlayMount.of(layers, (layer, i) -> Trees.writeLayer(layer, FILES, layers, i));
        mounted = mount;
        return mount.root();
      }
    }
  }

  /** Deletes them. */
  @TearDown(Level.Trial)
  public void deleteFiles() throws Exception {
    mounted.close();
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
}
