// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.annotation.Nullable;

/** Bytes in memory. */
class BytesContent implements Content {
  static final BytesContent EMPTY = new BytesContent(new byte[0]);

  private final byte[] bytes;

  /** Takes {@code bytes} over: nobody may change them any more. */
  BytesContent(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long position, ByteBuffer dst) {
    if (position >= bytes.length) {
      return -1;
    }
    int n = Math.min(dst.remaining(), bytes.length - (int) position);
    dst.put(bytes, (int) position, n);
    return n;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  @Override
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The same bytes, not counted by any spill. */
  final BytesContent uncounted() {
    return new BytesContent(bytes);
  }

  @Override
  public final boolean equals(@Nullable Object o) {
    return o instanceof BytesContent other && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes in memory";
  }
}
