// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import javax.annotation.Nullable;

/** A persistent sparse array of chunks: a radix tree that is as high as its last index needs. */
final class ChunkTable {
  private static final int BITS = 5;
  private static final int WIDTH = 1 << BITS;
  static final ChunkTable EMPTY = new ChunkTable(null, 0);

  private final @Nullable Object root; // a Chunk at height 0, an Object[WIDTH] above
  private final int height;

  private ChunkTable(@Nullable Object root, int height) {
    this.root = root;
    this.height = height;
  }

  @Nullable
  Chunk get(long index) {
    if (index >>> (BITS * height) != 0) {
      return null;
    }
    Object node = root;
    for (int h = height - 1; h >= 0 && node != null; h--) {
      node = ((Object[]) node)[slot(index, h)];
    }
    return (Chunk) node;
  }

  private static int slot(long index, int h) {
    return (int) (index >>> (BITS * h)) & (WIDTH - 1);
  }

  ChunkTable with(long index, @Nullable Chunk chunk) {
    Object node = root;
    int h = height;
    while (index >>> (BITS * h) != 0) {
      if (node != null) {
        Object[] above = new Object[WIDTH];
        above[0] = node;
        node = above;
      }
      h++;
    }
    return new ChunkTable(with(node, h, index, chunk), h);
  }

  private static @Nullable Object with(
      @Nullable Object node, int h, long index, @Nullable Chunk chunk) {
    if (h == 0) {
      return chunk;
    }
    Object[] copy = node == null ? new Object[WIDTH] : ((Object[]) node).clone();
    int slot = slot(index, h - 1);
    copy[slot] = with(copy[slot], h - 1, index, chunk);
    return copy;
  }

  /** The chunks with an index below {@code end}. */
  ChunkTable before(long end) {
    if (end == 0) {
      return EMPTY;
    }
    return end >>> (BITS * height) != 0 ? this : new ChunkTable(before(root, height, end), height);
  }

  private static @Nullable Object before(@Nullable Object node, int h, long end) {
    if (node == null || h == 0) {
      return node; // the caller has cut what is at or behind the end
    }
    Object[] copy = new Object[WIDTH];
    int slot = slot(end, h - 1);
    System.arraycopy((Object[]) node, 0, copy, 0, slot);
    long rest = end & ((1L << (BITS * (h - 1))) - 1);
    if (rest != 0) {
      copy[slot] = before(((Object[]) node)[slot], h - 1, rest);
    }
    return copy;
  }

  /** Something to do with each chunk. */
  interface Action {
    void accept(Chunk chunk);
  }

  void forEach(Action action) {
    forEach(root, height, action);
  }

  private static void forEach(@Nullable Object node, int h, Action action) {
    if (node != null && h == 0) {
      action.accept((Chunk) node);
    } else if (node != null) {
      for (Object child : (Object[]) node) {
        forEach(child, h - 1, action);
      }
    }
  }
}
