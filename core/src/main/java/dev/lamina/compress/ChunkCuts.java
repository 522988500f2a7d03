// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.nio.charset.StandardCharsets;

/**
 * Says where a stream is cut into chunks, by its bytes alone: before some of the headers of a tar,
 * so that the chunks after an entry that changed, came or went are soon those they were; and where
 * a chunk is full. Which headers depends on the name in them. Before a large file there always is a
 * cut: its chunks are its own.
 */
final class ChunkCuts {
  /** Headers stand at multiples of this. */
  private static final int BLOCK = 512;

  private static final int NAME_SIZE = 100;
  private static final int SIZE_FIELD = 124;
  private static final int SIZE_FIELD_END = 135;
  private static final int MAGIC_FIELD = 257;
  private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

  /** A cut before a name needs a chunk of this size; smaller ones compress worse. */
  private static final int MIN_SIZE = 256 << 10;

  /** One name in so many is cut before. */
  private static final int NAMES = 16;

  private static final int LARGE_FILE = 512 << 10;

  /** A cut before a large file needs a chunk of this size. */
  private static final int MIN_SIZE_BEFORE_LARGE_FILE = 64 << 10;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** Up to where the current chunk has been looked at. */
  private int seen;

  /**
   * Returns where the chunk must end, now that it has grown; −1 if nowhere yet. The rest then is a
   * new chunk. Chunks begin at a multiple of 512 in the stream.
   */
  int find(Chunk chunk) {
    int from = Math.max(seen, MIN_SIZE_BEFORE_LARGE_FILE);
    for (int at = from; at <= chunk.size - BLOCK; at += BLOCK) {
      seen = at + BLOCK;
      if (isCut(chunk.in, Chunk.START + at, at)) {
        seen = 0;
        return at;
      }
    }
    if (chunk.size == Chunk.CAPACITY) {
      seen = 0;
      return chunk.size;
    }
    return -1;
  }

  private static boolean isCut(byte[] bytes, int header, int size) {
    if (bytes[header + MAGIC_FIELD] != MAGIC[0]) {
      return false;
    }
    for (int i = 1; i < MAGIC.length; i++) {
      if (bytes[header + MAGIC_FIELD + i] != MAGIC[i]) {
        return false;
      }
    }
    return (size >= MIN_SIZE && nameHash(bytes, header) % NAMES == 0)
        || fileSize(bytes, header) >= LARGE_FILE;
  }

  private static long nameHash(byte[] bytes, int header) {
    long hash = 0;
    for (int i = 0; i < NAME_SIZE; i++) {
      hash = (hash + bytes[header + i]) * MULTIPLIER;
    }
    return hash >>> 32;
  }

  /** Returns the octal size that a header gives; of one in another form, anything. */
  private static long fileSize(byte[] bytes, int header) {
    long size = 0;
    for (int i = SIZE_FIELD; i < SIZE_FIELD_END; i++) {
      size = size << 3 | (bytes[header + i] & 7);
    }
    return size;
  }
}
