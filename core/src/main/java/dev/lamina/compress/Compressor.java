// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Opens compressed output streams: what bytes come out is decided by {@link CompressionOptions},
 * how many threads make them by the compressor.
 *
 * <pre>{@code
 * try (DigestedOutput blob = Compressor.of(CompressionOptions.DEFAULT).openDigested(file)) {
 *   tar.writeTo(blob);
 *   blob.close();
 *   StreamSum sum = blob.compressed();
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe; the streams it opens belong to one thread each.
 */
public final class Compressor {
  private final CompressionOptions options;
  private final int parallelism;

  private Compressor(CompressionOptions options, int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism: expected at least 1, found " + parallelism);
    }
    this.options = options;
    this.parallelism = parallelism;
  }

  /** Returns a compressor that may use every core. */
  public static Compressor of(CompressionOptions options) {
    return new Compressor(options, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Returns this compressor with at most so many threads for each stream.
   *
   * @param threads at least 1, which means the caller's
   */
  public Compressor withParallelism(int threads) {
    return new Compressor(options, threads);
  }

  /** Returns what decides the bytes. */
  public CompressionOptions options() {
    return options;
  }

  /** Returns at most how many threads a stream uses. */
  public int parallelism() {
    return parallelism;
  }

  /**
   * Opens a stream that compresses what is written into it and writes that to {@code out}, in
   * order. Closing it closes {@code out}.
   *
   * @throws UnavailableCompressionException if the library for the format isn't there; {@code out}
   *     is closed then
   */
  public OutputStream open(OutputStream out) throws IOException {
    try {
      return encoder(out);
    } catch (IOException e) {
      throw Closing.after(e, out);
    }
  }

  /**
   * Opens a stream as {@link #open} does, which also takes the digests of what goes in and what
   * comes out.
   */
  public DigestedOutput openDigested(OutputStream out) throws IOException {
    SummedOutputStream compressed = new SummedOutputStream(out);
    return new DigestedOutput(new SummedOutputStream(open(compressed)), compressed);
  }

  private OutputStream encoder(OutputStream out) throws IOException {
    if (options instanceof CompressionOptions.Zstd zstd) {
      return ZstdCodec.encoder(out, zstd.level());
    }
    if (options instanceof CompressionOptions.JdkGzip jdk) {
      return new JdkGzipOutputStream(out, jdk.level());
    }
    if (options instanceof CompressionOptions.Gzip gzip) {
      return new JdkGzipOutputStream(out, gzip.level() == GzipLevel.FAST ? 1 : 6);
    }
    return out;
  }
}
