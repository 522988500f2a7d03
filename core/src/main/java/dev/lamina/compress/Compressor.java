// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

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
 * <p>Gzip by Lamina's own encoder runs on several threads, with some 2 MB of memory for each chunk
 * on its way (twice as many as threads, and one), but at most an eighth of the heap. The other
 * formats run on the caller's thread.
 *
 * <p>Immutable and thread-safe; the streams it opens belong to one thread each.
 */
public final class Compressor {
  private final CompressionOptions options;
  private final int parallelism;

  private final Optional<ChunkCache> cache;

  private Compressor(CompressionOptions options, int parallelism, Optional<ChunkCache> cache) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism: expected at least 1, found " + parallelism);
    }
    this.options = options;
    this.parallelism = parallelism;
    this.cache = cache;
  }

  /** Returns a compressor that may use every core. */
  public static Compressor of(CompressionOptions options) {
    return new Compressor(options, Runtime.getRuntime().availableProcessors(), Optional.empty());
  }

  /**
   * Returns this compressor with at most so many threads for each stream.
   *
   * @param threads at least 1, which means the caller's
   */
  public Compressor withParallelism(int threads) {
    return new Compressor(options, threads, cache);
  }

  /**
   * Returns this compressor with a memory of what has been encoded before. Only Lamina's own gzip
   * uses it; the bytes that come out are the same with and without.
   */
  public Compressor withCache(ChunkCache chunks) {
    return new Compressor(options, parallelism, Optional.of(chunks));
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
   * order. Closing it closes {@code out}; flushing it does nothing where that would change the
   * bytes.
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
      return new GzipOutputStream(out, gzip.level().deflateLevel(), parallelism, cache);
    }
    return out;
  }
}
