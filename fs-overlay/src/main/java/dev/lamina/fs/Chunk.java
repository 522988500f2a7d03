// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Up to {@link #SIZE} bytes of a file that were written, in memory or in the spill file. What lies
 * behind its length is zeros.
 */
abstract sealed class Chunk permits MemoryChunk, SpilledChunk {
  static final int SIZE = 16 << 10;

  /** The edit token of those who may change it. */
  final Object owner;

  Chunk(Object owner) {
    this.owner = owner;
  }

  abstract int length();

  /** Fills the space left in {@code dst} from {@code offset} on, with zeros behind the length. */
  abstract void read(int offset, ByteBuffer dst) throws IOException;

  /** Writes bytes; gives the chunk they are in, which may be another. The owner only. */
  abstract Chunk write(int offset, ByteBuffer src) throws IOException;

  /** The first {@code length} bytes, to be changed by {@code newOwner}. */
  abstract Chunk cut(Object newOwner, int length) throws IOException;

  /** Gives the space back; nobody may read it again. */
  abstract void free();

  static void zeros(ByteBuffer dst, int n) {
    for (int i = 0; i < n; i++) {
      dst.put((byte) 0);
    }
  }
}
