// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.Nullable;

/**
 * A compressing stream that knows, once closed, the size and SHA-256 of what went in (for a tar:
 * its diff ID) and of what came out (the blob's digest), all in one pass. Not thread-safe.
 */
public final class DigestedOutput extends OutputStream {
  private final SummedOutputStream uncompressedOut;
  private final SummedOutputStream compressedOut;
  @Nullable private StreamSum uncompressed;
  @Nullable private StreamSum compressed;

  DigestedOutput(SummedOutputStream uncompressedOut, SummedOutputStream compressedOut) {
    this.uncompressedOut = uncompressedOut;
    this.compressedOut = compressedOut;
  }

  /**
   * Returns the sum of what was written to this stream.
   *
   * @throws IllegalStateException if it isn't closed
   */
  public StreamSum uncompressed() {
    return requireClosed(uncompressed);
  }

  /**
   * Returns the sum of what this stream wrote.
   *
   * @throws IllegalStateException if it isn't closed
   */
  public StreamSum compressed() {
    return requireClosed(compressed);
  }

  @Override
  public void write(int value) throws IOException {
    uncompressedOut.write(value);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    uncompressedOut.write(buffer, offset, length);
  }

  /** Closes the stream it writes to as well. */
  @Override
  public void close() throws IOException {
    uncompressedOut.close();
    if (uncompressed == null) {
      uncompressed = uncompressedOut.sum();
      compressed = compressedOut.sum();
    }
  }

  private static StreamSum requireClosed(@Nullable StreamSum sum) {
    if (sum == null) {
      throw new IllegalStateException("digests: expected a closed stream, found an open one");
    }
    return sum;
  }
}
