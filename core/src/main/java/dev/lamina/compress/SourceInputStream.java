// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.annotation.Nullable;

/**
 * What a decoder reads from: counts the bytes, and remembers the exception that the source threw,
 * which is not the decoder's.
 */
final class SourceInputStream extends FilterInputStream {
  private long consumed;
  @Nullable private IOException failure;

  SourceInputStream(InputStream in) {
    super(in);
  }

  long consumed() {
    return consumed;
  }

  /** Returns what the source itself threw, if it did. */
  @Nullable
  IOException failureOrNull() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    try {
      int value = in.read();
      consumed += value < 0 ? 0 : 1;
      return value;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = in.read(buffer, offset, length);
      consumed += Math.max(count, 0);
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    try {
      long skipped = in.skip(count);
      consumed += skipped;
      return skipped;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
