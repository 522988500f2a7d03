// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A chunk in memory. */
final class MemoryChunk extends Chunk {
  private final Spill spill;
  private final byte[] bytes;
  private volatile int length; // written last, so that readers see the bytes

  /**
   * Takes {@code bytes} over, of which {@code length} count; they are reserved in {@code spill}.
   */
  MemoryChunk(Object owner, Spill spill, byte[] bytes, int length) {
    super(owner);
    this.spill = spill;
    this.bytes = bytes;
    this.length = length;
  }

  @Override
  int length() {
    return length;
  }

  /** The bytes that count; not to be changed. */
  byte[] bytes() {
    int n = length;
    return n == bytes.length ? bytes : Arrays.copyOf(bytes, n);
  }

  @Override
  void read(int offset, ByteBuffer dst) {
    int n = Math.max(0, Math.min(dst.remaining(), length - offset));
    dst.put(bytes, Math.min(offset, bytes.length), n);
    zeros(dst, dst.remaining());
  }

  @Override
  Chunk write(int offset, ByteBuffer src) {
    int end = offset + src.remaining();
    if (end > bytes.length) {
      int capacity = Math.min(SIZE, Math.max(end, 2 * bytes.length));
      spill.reserve(capacity - bytes.length);
      return new MemoryChunk(owner, spill, Arrays.copyOf(bytes, capacity), length)
          .write(offset, src);
    }
    src.get(bytes, offset, src.remaining());
    length = Math.max(length, end);
    return this;
  }

  @Override
  Chunk cut(Object newOwner, int newLength) {
    int n = Math.min(newLength, length);
    spill.reserve(newOwner == owner ? n - bytes.length : n);
    return new MemoryChunk(newOwner, spill, Arrays.copyOf(bytes, n), n);
  }

  @Override
  void free() {
    spill.release(bytes.length);
  }
}
