// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.fs.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    this.storedOffsets = new long[map.segments()];
    for (int i = 1; i < storedOffsets.length; i++) {
      storedOffsets[i] = storedOffsets[i - 1] + map.length(i - 1);
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
    if (segment >= 0 && position < map.end(segment)) {
      long into = position - map.offset(segment);
      return readAtMost(storedOffsets[segment] + into, map.length(segment) - into, dst);
    }
    long holeEnd = segment + 1 < map.segments() ? map.offset(segment + 1) : size();
    int n = (int) Math.min(holeEnd - position, dst.remaining());
    for (int done = 0; done < n; ) {
      int zeros = Math.min(ZEROS.length, n - done);
      dst.put(ZEROS, 0, zeros);
      done += zeros;
    }
    return n;
  }

  /** Empty segments may begin where the next does, so the last of them is what counts. */
  private int lastBeginningAtOrBefore(long position) {
    int low = 0;
    int high = map.segments();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (map.offset(middle) <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
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
