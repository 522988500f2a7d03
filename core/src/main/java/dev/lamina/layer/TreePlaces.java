// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Content;
import dev.lamina.tar.SparseMap;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What stands for file contents while a layer's tree is written: numbers that tell where in the tar
 * they are. Offset and size, for a sparse file also its size with holes, and its segments.
 */
final class TreePlaces implements StoredContents {
  private static final int WHOLE = 2;

  /** Where a content is; it is written, and never read. */
  private static final class Place implements Content {
    private final long size;
    private final long[] numbers;

    Place(long size, long... numbers) {
      this.size = size;
      this.numbers = numbers;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(long position, ByteBuffer dst) {
      throw new IllegalStateException("the place of a content has no bytes");
    }
  }

  @Override
  public Content whole(long offset, long size) {
    return new Place(size, offset, size);
  }

  @Override
  public Content sparse(long offset, long stored, SparseMap map) {
    long[] numbers = new long[WHOLE + 1 + 2 * map.segments()];
    numbers[0] = offset;
    numbers[1] = stored;
    numbers[WHOLE] = map.size();
    for (int i = 0; i < map.segments(); i++) {
      numbers[WHOLE + 1 + 2 * i] = map.offset(i);
      numbers[WHOLE + 2 + 2 * i] = map.length(i);
    }
    return new Place(map.size(), numbers);
  }

  static long[] numbers(Content place) {
    return ((Place) place).numbers;
  }

  /** Returns the content that numbers stand for. */
  static Content content(long[] numbers, StoredContents contents) {
    if (numbers.length == WHOLE) {
      return contents.whole(numbers[0], numbers[1]);
    }
    long[] pairs = Arrays.copyOfRange(numbers, WHOLE + 1, numbers.length);
    return contents.sparse(numbers[0], numbers[1], SparseMap.of(numbers[WHOLE], pairs));
  }
}
