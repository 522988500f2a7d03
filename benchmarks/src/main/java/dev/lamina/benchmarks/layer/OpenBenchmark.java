// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.layer;

import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** A store on disk opened, layers found in it, and one of their files looked up. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 3, jvmArgsAppend = "-Xmx3g")
@State(Scope.Benchmark)
public class OpenBenchmark {
  /** How many files there are. */
  @Param({"20000", "1000000"})
  public int files;

  /** How many layers they are in, each with its part of them. */
  @Param({"1", "120"})
  public int layers;

  private Path folder = Path.of("");
  private final List<Layer> committed = new ArrayList<>();

  /** Makes the layers. */
  @Setup(Level.Trial)
  public void makeLayers() throws IOException {
    folder = Files.createTempDirectory("lamina-open");
    byte[] bytes = new byte[files];
    try (LocalStore store = LocalStore.open(folder)) {
      for (int i = 0; i < layers; i++) {
        int from = (int) ((long) files * i / layers);
        int to = (int) ((long) files * (i + 1) / layers);
        committed.add(store.layers().commit(SampleFiles.files(bytes, files, from, to)));
      }
    }
  }

  /** Deletes them. */
  @TearDown(Level.Trial)
  public void deleteLayers() throws IOException {
    SampleFolders.delete(folder);
  }

  /** Opens the store and looks a file up, in the trees that were kept when first needed. */
  @Benchmark
  public Optional<Node> openAndLookUp() throws IOException {
    try (LocalStore store = LocalStore.open(folder)) {
      FileTree tree = FileTree.empty();
      for (Layer layer : committed) {
        tree = store.layers().require(layer.diffId()).applyTo(tree);
      }
      return tree.node(TreePath.of(SampleFolders.file(files / 2)));
    }
  }

  /** The same for the first time: trees are made of the layers' indexes, and kept. */
  @Benchmark
  public Optional<Node> openAndLookUpFirst() throws IOException {
    for (Layer layer : committed) {
      Files.deleteIfExists(folder.resolve("lamina/trees").resolve(layer.diffId().hex()));
    }
    return openAndLookUp();
  }
}
