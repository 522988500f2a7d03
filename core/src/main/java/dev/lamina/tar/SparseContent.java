// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.fs.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.annotation.Nullable;

/** The content of a sparse file: stored segments with zeros between them. */
final class SparseContent implements Content {
  private static final byte[] ZEROS = new byte[8 << 10];

  private final Content stored;
  private final SparseMap map;
  private final long[] storedOffsets;

  SparseContent(Content stored, SparseMap map) {
    this.stored = stored;
    this.map = map;
    this.storedOffsets = new long[map.lengths().length];
    for (int i = 1; i < storedOffsets.length; i++) {
      storedOffsets[i] = storedOffsets[i - 1] + map.lengths()[i - 1];
    }
  }

  @Override
  public long size() {
    return map.size();
  }

  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    if (position >= size()) {
      return -1;
    }
    int segment = lastBeginningAtOrBefore(position);
    long into = segment < 0 ? 0 : position - map.offsets()[segment];
    if (segment >= 0 && into < map.lengths()[segment]) {
      long left = map.lengths()[segment] - into;
      return readAtMost(storedOffsets[segment] + into, left, dst);
    }
    long holeEnd = segment + 1 < map.offsets().length ? map.offsets()[segment + 1] : size();
    int n = (int) Math.min(holeEnd - position, dst.remaining());
    for (int done = 0; done < n; ) {
      int zeros = Math.min(ZEROS.length, n - done);
      dst.put(ZEROS, 0, zeros);
      done += zeros;
    }
    return n;
  }

  /** Empty segments may share their offset with the next, so the last of them is what counts. */
  private int lastBeginningAtOrBefore(long position) {
    int found = Arrays.binarySearch(map.offsets(), position);
    if (found < 0) {
      return -found - 2;
    }
    while (found + 1 < map.offsets().length && map.offsets()[found + 1] == position) {
      found++;
    }
    return found;
  }

  private int readAtMost(long from, long length, ByteBuffer dst) throws IOException {
    int limit = dst.limit();
    dst.limit(dst.position() + (int) Math.min(length, dst.remaining()));
    try {
      return stored.read(from, dst);
    } finally {
      dst.limit(limit);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SparseContent sparse
        && stored.equals(sparse.stored)
        && map.equals(sparse.map);
  }

  @Override
  public int hashCode() {
    return stored.hashCode() * 31 + map.hashCode();
  }
}
