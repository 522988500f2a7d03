// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.layer;

import dev.lamina.benchmarks.sample.SampleBytes;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.compress.Compressor;
import dev.lamina.compress.GzipLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
 * Compressing 16 MB on one thread: Lamina's encoder beside the JDK's Deflater. How small they make
 * it is printed once in each fork, and stands beside other programs in the rows of {@code
 * side-by-side}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
@State(Scope.Benchmark)
public class CodecBenchmark {
  private static final int SIZE = 16 << 20;

  /** The encoder and its level. */
  @Param({"lamina-fast", "lamina-default", "zlib-1", "zlib-6"})
  public String codec = "";

  private byte[] bytes = {};
  private Compressor compressor = Compressor.of(CompressionOptions.none());

  /** Makes the bytes. */
  @Setup
  public void makeBytes() throws IOException {
    bytes = SampleBytes.mixed(SIZE, 1);
    compressor = Compressor.of(options()).withParallelism(1);
    System.out.printf("%s: %.3f of the size%n", codec, (double) compress().length / SIZE);
  }

  private CompressionOptions options() {
    return switch (codec) {
      case "lamina-fast" -> CompressionOptions.gzip(GzipLevel.FAST);
      case "lamina-default" -> CompressionOptions.gzip(GzipLevel.DEFAULT);
      case "zlib-1" -> CompressionOptions.jdkGzip(1);
      case "zlib-6" -> CompressionOptions.jdkGzip(6);
      default -> throw new IllegalArgumentException(codec);
    };
  }

  /** Compresses them into memory. */
  @Benchmark
  public byte[] compress() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(SIZE);
    try (OutputStream compressed = compressor.open(out)) {
      compressed.write(bytes);
    }
    return out.toByteArray();
  }
}
