// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.layer;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.layer.LayerIndex;
import dev.lamina.layer.LayerReader;
import dev.lamina.oci.Digest;
import dev.lamina.store.LocalStore;
import dev.lamina.tar.TarOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * A store on disk opened, a layer found in it, and one of its files looked up. The baseline goes
 * through the layer's tar, as has to be done without an index.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 3, jvmArgsAppend = "-Xmx3g")
@State(Scope.Benchmark)
public class OpenBenchmark {
  /** How many files the layer has. */
  @Param({"1000", "20000", "1000000"})
  public int files;

  private Path folder = Path.of("");
  private Optional<Layer> committed = Optional.empty();

  /** Makes the layer. */
  @Setup(Level.Trial)
  public void makeLayer() throws IOException {
    folder = Files.createTempDirectory("lamina-open");
    try (LocalStore store = LocalStore.open(folder)) {
      committed = Optional.of(store.layers().commit(SampleFiles.files(new byte[files], files)));
    }
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void deleteLayer() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Opens the store and finds the layer. */
  @Benchmark
  public long open() throws IOException {
    try (LocalStore store = LocalStore.open(folder)) {
      return layer(store).size();
    }
  }

  /** Looks a file up as well, in the tree that was kept of the layer when it was first needed. */
  @Benchmark
  public Optional<Node> openAndLookUp() throws IOException {
    try (LocalStore store = LocalStore.open(folder)) {
      FileTree tree = layer(store).applyTo(FileTree.empty());
      return tree.node(TreePath.of(SampleFiles.name(files / 2)));
    }
  }

  /** The same for the first time: the tree is made of the layer's index, and kept. */
  @Benchmark
  public Optional<Node> openAndLookUpFirst() throws IOException {
    Digest diffId = committed.orElseThrow().diffId();
    Files.deleteIfExists(folder.resolve("lamina/trees").resolve(diffId.hex()));
    return openAndLookUp();
  }

  private Layer layer(LocalStore store) throws IOException {
    return store.layers().require(committed.orElseThrow().diffId());
  }

  /** The baseline. */
  @Benchmark
  public int scan() throws IOException {
    Layer layer = committed.orElseThrow();
    try (InputStream tar = layer.tar().newInputStream()) {
      LayerIndex index = LayerReader.scan("layer", tar, TarOptions.DEFAULT);
      return index.entries();
    }
  }
}
