// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.fs.Content;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Where the bytes of a sparse file belong: its content is zeros but for segments, whose bytes stand
 * one after another in the stream. Immutable.
 */
public final class SparseMap {
  private final long size;
  private final long[] pairs; // offset in the file and length of each segment

  private SparseMap(long size, long[] pairs) {
    this.size = size;
    this.pairs = pairs;
  }

  /**
   * Returns a map.
   *
   * @param size the file's size with its holes
   * @param pairs where in the file each segment begins and how long it is, ascending and disjoint
   * @throws IllegalArgumentException if they aren't, or don't lie within the file
   */
  public static SparseMap of(long size, long[] pairs) {
    long end = 0;
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      if (pairs[i] < end || pairs[i + 1] < 0 || pairs[i + 1] > size - pairs[i]) {
        throw new IllegalArgumentException(
            "sparse map: expected segments in order within "
                + size
                + " bytes, found "
                + pairs[i]
                + "+"
                + pairs[i + 1]);
      }
      end = pairs[i] + pairs[i + 1];
    }
    if (size < 0 || pairs.length % 2 != 0) {
      throw new IllegalArgumentException("sparse map: expected pairs, found " + pairs.length);
    }
    return new SparseMap(size, pairs.clone());
  }

  /** Returns the file's size with its holes. */
  public long size() {
    return size;
  }

  /** Returns the number of segments. */
  public int segments() {
    return pairs.length / 2;
  }

  /** Returns where in the file a segment begins. */
  public long offset(int segment) {
    return pairs[2 * segment];
  }

  /** Returns how long a segment is. */
  public long length(int segment) {
    return pairs[2 * segment + 1];
  }

  /** Returns where in the file a segment ends. */
  long end(int segment) {
    return offset(segment) + length(segment);
  }

  /** Returns how many bytes are stored. */
  public long storedSize() {
    long sum = 0;
    for (int i = 1; i < pairs.length; i += 2) {
      sum += pairs[i];
    }
    return sum;
  }

  /** Returns the file's content over what is stored of it. */
  public Content over(Content stored) {
    return new SparseContent(stored, this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SparseMap map && size == map.size && Arrays.equals(pairs, map.pairs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pairs) * 31 + Long.hashCode(size);
  }

  @Override
  public String toString() {
    return segments() + " segments of " + size + " bytes";
  }
}
