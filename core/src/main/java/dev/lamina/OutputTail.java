// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the last bytes that were written. Safe for use by several threads. */
final class OutputTail extends OutputStream {
  private static final int LIMIT = 4 << 20;

  private byte[] bytes = new byte[1024];
  private int length;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] source, int offset, int count) {
    if (length + count > 2 * LIMIT) {
      int kept = Math.min(length, LIMIT);
      System.arraycopy(bytes, length - kept, bytes, 0, kept);
      length = kept;
    }
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  synchronized String text() {
    int kept = Math.min(length, LIMIT);
    return new String(bytes, length - kept, kept, StandardCharsets.UTF_8);
  }
}
