// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import dev.lamina.benchmarks.sample.SampleBytes;
import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nullable;
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
 * The first byte written to a file of a lower layer, by the file's size: in Lamina's file system
 * over a host folder, whose opening counts too, and in the kernel's overlayfs. The CPU time of the
 * latter has some of what throws away the copies in it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class FirstWriteBenchmark {
  private static final int CHUNK = 1 << 20;
  private static final int MOST_FILES = 500;

  /** Which file system. */
  @Param({"lamina", "overlayfs"})
  public String kind = "";

  /** The size of the file. */
  @Param({"1024", "1048576", "1073741824"})
  public long size;

  private Path folder = Path.of("");
  private FileTree tree = FileTree.empty();
  private @Nullable OverlayMount mount;
  private int files;
  private int next;

  /** Makes files of a size: for overlayfs several, as each is copied once only. */
  @Setup(Level.Trial)
  public void makeFiles() throws IOException {
    if (kind.equals("lamina")) {
      folder = Files.createTempDirectory("lamina-first-write");
      writeFile(folder.resolve("0"));
      tree = FileTree.ofFolder(folder);
    } else {
      files = (int) Math.max(1, Math.min(MOST_FILES, (64 << 20) / size));
      mount =
          OverlayMount.of(
              1,
              (layer, number) -> {
                for (int i = 0; i < files; i++) {
                  writeFile(layer.resolve(Integer.toString(i)));
                }
              });
    }
  }

  private void writeFile(Path file) throws IOException {
    byte[] bytes = SampleBytes.noise((int) Math.min(size, CHUNK), 1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < size; written += bytes.length) {
        out.write(bytes);
      }
    }
  }

  /** Deletes them. */
  @TearDown(Level.Trial)
  public void deleteFiles() throws IOException {
    if (mount == null) {
      SampleFolders.delete(folder);
    } else {
      mount.close();
    }
  }

  /** Sees to it that there is a file that wasn't written to. */
  @Setup(Level.Invocation)
  public void renew() throws IOException {
    if (mount != null && next == files) {
      mount.renew();
      next = 0;
    }
  }

  /** Changes a byte in the middle of a file. */
  @Benchmark
  public long firstByte() throws IOException {
    if (mount != null) {
      return write(mount.root().resolve(Integer.toString(next++)));
    }
    try (OverlayFileSystem fs = OverlayFileSystem.over(tree)) {
      return write(fs.getPath("/0"));
    }
  }

  private long write(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.write(ByteBuffer.wrap(new byte[] {1}), size / 2);
    }
  }
}
