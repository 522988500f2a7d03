// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.stream.BlockInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * A decoder with its limits kept and its exceptions told apart from those of the stream below it.
 */
final class DecompressedInputStream extends BlockInputStream {
  private static final int BUFFER_SIZE = 1 << 16;

  /** Opens a decoder on a stream; may read from it. */
  private interface Decoder {
    InputStream open(SourceInputStream source) throws IOException;
  }

  private final Compression compression;
  private final DecompressionLimits limits;
  private final SourceInputStream source;
  private final InputStream decoder;
  private long produced;

  private DecompressedInputStream(
      Compression compression,
      DecompressionLimits limits,
      SourceInputStream source,
      Decoder decoder)
      throws IOException {
    this.compression = compression;
    this.limits = limits;
    this.source = source;
    try {
      this.decoder = decoder.open(source);
    } catch (UnavailableCompressionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw translated(e);
    }
  }

  /** Opens the decoder of a format; closes {@code in} if that fails. */
  static InputStream open(Compression compression, InputStream in, DecompressionLimits limits)
      throws IOException {
    try {
      return new DecompressedInputStream(
          compression, limits, new SourceInputStream(in), decoder(compression, limits));
    } catch (IOException e) {
      throw Closing.after(e, in);
    }
  }

  private static Decoder decoder(Compression compression, DecompressionLimits limits) {
    return switch (compression) {
      case NONE -> source -> source;
      case GZIP -> GzipInputStream::new;
      case ZSTD -> source -> ZstdCodec.decoder(source, limits.maxMemory());
      case BZIP2 ->
          source ->
              new BZip2CompressorInputStream(new BufferedInputStream(source, BUFFER_SIZE), true);
      case XZ -> source -> XzCodec.decoder(source, limits.maxMemory());
    };
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count;
    try {
      count = decoder.read(buffer, offset, length);
    } catch (IOException | RuntimeException e) {
      throw translated(e);
    }
    if (count < 0 && source.consumed() == 0) {
      throw new CorruptDataException(compression, "expected a stream, found no bytes");
    }
    produced += Math.max(count, 0);
    if (limits.exceededBy(produced, source.consumed())) {
      throw new DecompressionLimitException(compression, limits, produced, source.consumed());
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    decoder.close();
  }

  private IOException translated(Exception e) {
    IOException own = source.failureOrNull();
    if (own != null && own == e) {
      return own;
    }
    boolean needsMemory =
        switch (compression) {
          case ZSTD -> ZstdCodec.needsMemory(e);
          case XZ -> XzCodec.needsMemory(e);
          default -> false;
        };
    if (needsMemory) {
      return new DecompressionLimitException(compression, limits, e);
    }
    return e instanceof CorruptDataException corrupt
        ? corrupt
        : new CorruptDataException(compression, e);
  }
}
