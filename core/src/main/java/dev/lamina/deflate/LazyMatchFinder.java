// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * Looks at the last four places with the same hash of four bytes and, for short matches nearby, at
 * the last one with the same three bytes; takes a match only if the next position doesn't have a
 * longer one.
 */
final class LazyMatchFinder implements MatchFinder {
  private static final int HASH_BITS = 14;
  private static final int SHORT_HASH_BITS = 12;

  /** How far back a match of three bytes still is shorter than its literals. */
  private static final int SHORT_DISTANCE = 4096;

  /** A match of this length is taken at once. */
  private static final int GOOD_LENGTH = 32;

  /** Four positions in each entry, the last one lowest: entering one is a shift. */
  private final long[] table = new long[1 << HASH_BITS];

  private final char[] shortTable = new char[1 << SHORT_HASH_BITS];

  @Override
  public void start(int base) {
    Arrays.fill(table, (base & 0xffffL) * 0x0001_0001_0001_0001L);
    Arrays.fill(shortTable, (char) base);
  }

  private static int hash(long bytes) {
    return ((int) bytes * 0x9E3779B1) >>> (32 - HASH_BITS);
  }

  private static int shortHash(long bytes) {
    return (((int) bytes << 8) * 0x9E3779B1) >>> (32 - SHORT_HASH_BITS);
  }

  @Override
  public int find(byte[] in, int from, int end, Tokens tokens) {
    int limit = end - MARGIN;
    int[] out = tokens.array;
    int at = from;
    while (at < limit && tokens.size < Tokens.LIMIT) {
      int match = search(in, at, end, Symbols.MIN_MATCH - 1);
      int entered = at + 1;
      while (match != 0 && length(match) < GOOD_LENGTH && at + 1 < limit) {
        int next = search(in, at + 1, end, length(match));
        entered = at + 2;
        if (next == 0 || tokens.size >= Tokens.LIMIT) {
          break;
        }
        out[tokens.size++] = in[at++] & 0xff;
        match = next;
      }
      if (match == 0) {
        out[tokens.size++] = in[at++] & 0xff;
      } else {
        tokens.putMatch(length(match), distance(match));
        at += length(match);
        enter(in, entered, Math.min(at, limit));
      }
    }
    if (at >= limit) {
      while (at < end && tokens.size < Tokens.LIMIT) {
        out[tokens.size++] = in[at++] & 0xff;
      }
    }
    return at;
  }

  private static int length(int match) {
    return match >>> 16;
  }

  private static int distance(int match) {
    return match & 0xffff;
  }

  /**
   * Enters a position and returns its longest match that is longer than {@code least}: length and
   * distance, or 0.
   */
  private int search(byte[] in, int at, int end, int least) {
    long bytes = Words.getLong(in, at);
    int hash = hash(bytes);
    long entry = table[hash];
    table[hash] = entry << 16 | (at & 0xffff);
    int best = least;
    int bestDistance = 0;
    for (int i = 0; i < 4; i++) {
      int distance = (at - (int) entry) & 0xffff;
      entry >>>= 16;
      long difference = Words.getLong(in, at - distance) ^ bytes;
      if (((int) difference | ((distance - 1) >>> 15)) == 0) {
        int length =
            difference == 0
                ? MatchFinder.matchLength(in, at, distance, 8, end)
                : Words.commonBytes(difference);
        if (length > best) {
          best = length;
          bestDistance = distance;
        }
      }
    }
    int shortHash = shortHash(bytes);
    int distance = (at - shortTable[shortHash]) & 0xffff;
    shortTable[shortHash] = (char) at;
    if (best < Symbols.MIN_MATCH && distance <= SHORT_DISTANCE && distance > 0) {
      long difference = Words.getLong(in, at - distance) ^ bytes;
      if ((difference & 0xffffff) == 0) {
        best = Symbols.MIN_MATCH;
        bestDistance = distance;
      }
    }
    return bestDistance == 0 ? 0 : best << 16 | bestDistance;
  }

  private void enter(byte[] in, int from, int to) {
    for (int at = from; at < to; at++) {
      long bytes = Words.getLong(in, at);
      int hash = hash(bytes);
      table[hash] = table[hash] << 16 | (at & 0xffff);
      shortTable[shortHash(bytes)] = (char) at;
    }
  }
}
