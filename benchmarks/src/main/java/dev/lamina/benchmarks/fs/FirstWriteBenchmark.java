// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/** The first byte written to a file of a host folder, by the file's size. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class FirstWriteBenchmark {
  /** The size of the file. */
  @Param({"1024", "1048576", "1073741824"})
  public long size;

  private Path folder = Path.of("");
  private FileTree tree = FileTree.empty();

  /** Makes the file, which takes no space. */
  @Setup(Level.Trial)
  public void makeFile() throws IOException {
    folder = Files.createTempDirectory("lamina-first-write");
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("big").toFile(), "rw")) {
      file.setLength(size);
    }
    tree = FileTree.ofFolder(folder);
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void deleteFile() throws IOException {
    Trees.delete(folder);
  }

  /** Opens a file system, changes a byte in the middle, and closes it. */
  @Benchmark
  public long firstByte() throws IOException {
    try (OverlayFileSystem fs = OverlayFileSystem.over(tree);
        FileChannel channel = FileChannel.open(fs.getPath("/big"), StandardOpenOption.WRITE)) {
      return channel.write(ByteBuffer.wrap(new byte[] {1}), size / 2);
    }
  }
}
