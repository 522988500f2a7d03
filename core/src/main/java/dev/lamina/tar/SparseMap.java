// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.fs.Content;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Where the bytes of a sparse file belong: its content is zeros but for segments, whose bytes stand
 * one after another in the stream.
 *
 * @param size the file's size with its holes
 * @param offsets where in the file each segment begins, ascending
 * @param lengths how long each segment is
 */
public record SparseMap(long size, long[] offsets, long[] lengths) {
  /** Takes the arrays over as they are; {@link #of} checks. */
  public SparseMap {}

  /**
   * Makes a map of offset and length pairs, if they are ascending, disjoint, within the file and
   * fill what is stored.
   */
  static SparseMap of(long size, long[] pairs, int count, long stored) throws BadFieldException {
    long[] offsets = new long[count];
    long[] lengths = new long[count];
    long end = 0;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      long offset = pairs[2 * i];
      long length = pairs[2 * i + 1];
      if (offset < end || length < 0 || length > size - offset) {
        throw new BadFieldException(
            "sparse map", "segments in order within " + size + " bytes", offset + "+" + length);
      }
      offsets[i] = offset;
      lengths[i] = length;
      end = offset + length;
      sum += length;
    }
    if (sum != stored) {
      throw new BadFieldException("sparse map", stored + " stored bytes", Long.toString(sum));
    }
    return new SparseMap(size, offsets, lengths);
  }

  /** Returns the file's content over what is stored of it. */
  public Content over(Content stored) {
    return new SparseContent(stored, this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SparseMap map
        && size == map.size
        && Arrays.equals(offsets, map.offsets)
        && Arrays.equals(lengths, map.lengths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(offsets) * 31 + Long.hashCode(size);
  }

  @Override
  public String toString() {
    return offsets.length + " segments of " + size + " bytes";
  }
}
