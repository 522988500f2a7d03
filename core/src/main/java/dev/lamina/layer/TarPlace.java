// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Content;
import dev.lamina.tar.SparseMap;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Where in a layer's tar a file's content stands. While the layer's tree is written it is in the
 * place of the content, of which only its {@link #numbers} are asked.
 *
 * @param offset of what is stored
 * @param stored how many bytes are
 * @param map where they belong, if only segments of the file are stored
 */
record TarPlace(long offset, long stored, @Nullable SparseMap map) implements Content {
  private static final int WHOLE = 2; // numbers of a file that is stored as it is

  /** Returns the content: a slice of the tar, or what a map makes of one. */
  Content in(Content tar) {
    Content slice = tar.slice(offset, stored);
    return map == null ? slice : map.over(slice);
  }

  /** Returns offset and stored size, for a sparse file also its size with holes, and segments. */
  long[] numbers() {
    if (map == null) {
      return new long[] {offset, stored};
    }
    long[] numbers = new long[WHOLE + 1 + 2 * map.segments()];
    numbers[0] = offset;
    numbers[1] = stored;
    numbers[WHOLE] = map.size();
    for (int i = 0; i < map.segments(); i++) {
      numbers[WHOLE + 1 + 2 * i] = map.offset(i);
      numbers[WHOLE + 2 + 2 * i] = map.length(i);
    }
    return numbers;
  }

  /** Returns the place with these {@link #numbers}. */
  static TarPlace of(long[] numbers) {
    SparseMap map =
        numbers.length == WHOLE
            ? null
            : SparseMap.of(numbers[WHOLE], Arrays.copyOfRange(numbers, WHOLE + 1, numbers.length));
    return new TarPlace(numbers[0], numbers[1], map);
  }

  @Override
  public long size() {
    return map == null ? stored : map.size();
  }

  @Override
  public int read(long position, ByteBuffer dst) {
    throw new IllegalStateException("the place of a content has no bytes");
  }
}
