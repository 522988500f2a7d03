// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A chunk in the spill file. */
final class SpilledChunk extends Chunk {
  private final Spill spill;
  private final long position;
  private volatile int length;

  SpilledChunk(Object owner, Spill spill, long position, int length) {
    super(owner);
    this.spill = spill;
    this.position = position;
    this.length = length;
  }

  @Override
  int length() {
    return length;
  }

  long position() {
    return position;
  }

  @Override
  void read(int offset, ByteBuffer dst) throws IOException {
    int n = Math.max(0, Math.min(dst.remaining(), length - offset));
    int limit = dst.limit();
    dst.limit(dst.position() + n);
    spill.read(position + offset, dst);
    dst.limit(limit);
    zeros(dst, dst.remaining());
  }

  @Override
  Chunk write(int offset, ByteBuffer src) throws IOException {
    int end = offset + src.remaining();
    if (offset > length) {
      spill.write(position + length, ByteBuffer.allocate(offset - length));
    }
    spill.write(position + offset, src);
    length = Math.max(length, end);
    return this;
  }

  @Override
  Chunk cut(Object newOwner, int newLength) throws IOException {
    if (newOwner == owner) {
      return new SpilledChunk(owner, spill, position, Math.min(newLength, length));
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.min(newLength, length));
    read(0, bytes);
    return spill.store(newOwner, bytes.flip());
  }

  @Override
  void free() {
    spill.free(position);
  }
}
