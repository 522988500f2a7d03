// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.stream.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A sparse file's content in order, with zeros where nothing is stored. */
final class SparseInputStream extends BlockInputStream {
  private final InputStream stored;
  private final SparseMap map;
  private long position;
  private int segment;

  SparseInputStream(InputStream stored, SparseMap map) {
    this.stored = stored;
    this.map = map;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0 || position == map.size()) {
      return length == 0 ? 0 : -1;
    }
    while (segment < map.segments() && position == map.end(segment)) {
      segment++;
    }
    long next = segment == map.segments() ? map.size() : map.offset(segment);
    int n;
    if (position < next) {
      n = (int) Math.min(length, next - position);
      Arrays.fill(target, offset, offset + n, (byte) 0);
    } else {
      n = stored.read(target, offset, (int) Math.min(length, map.end(segment) - position));
    }
    position += Math.max(n, 0);
    return n;
  }
}
