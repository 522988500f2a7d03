// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.fs.Content;
import java.nio.ByteBuffer;

/** A content of any size that takes no memory, nor does reading it. */
public record Zeros(long size) implements Content {
  private static final byte[] SOME = new byte[8 << 10];

  @Override
  public int read(long position, ByteBuffer dst) {
    if (position >= size) {
      return -1;
    }
    int n = (int) Math.min(Math.min(dst.remaining(), SOME.length), size - position);
    dst.put(SOME, 0, n);
    return n;
  }
}
