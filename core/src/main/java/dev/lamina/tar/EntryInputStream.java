// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.stream.BlockInputStream;
import java.io.IOException;
import java.util.function.Supplier;

/** The stored bytes of one entry: a source's, up to a position in it. */
final class EntryInputStream extends BlockInputStream {
  private final TarSource source;
  private final long end;
  private final Supplier<TarFormatException> truncated;

  EntryInputStream(TarSource source, long end, Supplier<TarFormatException> truncated) {
    this.source = source;
    this.end = end;
    this.truncated = truncated;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long left = end - source.position();
    if (length == 0 || left <= 0) {
      return length == 0 ? 0 : -1;
    }
    int n = source.read(target, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw truncated.get();
    }
    return n;
  }

  @Override
  public int available() {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, end - source.position()));
  }
}
