// SPDX-License-Identifier: Apache-2.0
package dev.lamina.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells after each read how many bytes have been read of a stream, which it closes. */
public final class CountedInputStream extends BlockInputStream {
  private final InputStream in;
  private final LongConsumer position;
  private long bytes;

  /**
   * Begins to count at 0.
   *
   * @param position told after each read, by the thread that reads
   */
  public CountedInputStream(InputStream in, LongConsumer position) {
    this.in = in;
    this.position = position;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = in.read(target, offset, length);
    bytes += Math.max(n, 0);
    position.accept(bytes);
    return n;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
