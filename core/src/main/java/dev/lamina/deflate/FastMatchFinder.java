// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * Takes the first match it finds: the last place with the same hash of five bytes, as matches of
 * four are often no shorter than their literals. What it does without a branch where it can matters
 * more than how much it does: on shared libraries a match comes every ten bytes, and each surprise
 * costs as much as ten bytes may.
 */
final class FastMatchFinder implements MatchFinder {
  private static final int HASH_BITS = 15;

  /** After so many bytes without a match, as a power of two, the steps grow by one. */
  private static final int PATIENCE = 6;

  private final char[] table = new char[1 << HASH_BITS];
  private int base;

  /**
   * Where to look next: every entry of the table is before it, or a distance could lead out of the
   * input.
   */
  private int next;

  @Override
  public void start(int base) {
    this.base = base;
    this.next = base + 1; // the table says "base" of what it doesn't know
    Arrays.fill(table, (char) base);
  }

  private static int hash(long bytes) {
    return (int) (((bytes << 24) * 0x9E3779B185EBCA87L) >>> (64 - HASH_BITS));
  }

  @Override
  public int find(byte[] in, int from, int end, Tokens tokens) {
    char[] table = this.table;
    int[] out = tokens.array;
    int base = this.base;
    int limit = end - MARGIN;
    int size = 0;
    int anchor = from;
    int at = Math.max(from, next);
    search:
    while (at < limit) {
      int searchEnd = Math.min(limit, anchor + Tokens.LIMIT - size);
      int distance;
      // Two positions at a time: more of it runs side by side.
      while (true) {
        long bytes = Words.getLong(in, at);
        int hash = hash(bytes);
        int nextHash = hash(bytes >>> 8);
        distance = (at - table[hash]) & 0xffff;
        table[hash] = (char) at;
        int nextDistance = (at + 1 - table[nextHash]) & 0xffff;
        table[nextHash] = (char) (at + 1);
        if (matches(in, at, (int) bytes, distance)) {
          break;
        }
        if (matches(in, at + 1, (int) (bytes >>> 8), nextDistance)) {
          distance = nextDistance;
          at++;
          break;
        }
        at += 2 + ((at - anchor) >> PATIENCE);
        if (at >= searchEnd) {
          break search;
        }
      }
      int length = lengthFrom4(in, at, distance, end);
      int back = backwards(in, at, distance, Math.min(at - anchor, at - distance - base));
      back = Math.min(back, Symbols.MAX_MATCH - length);
      int start = at - back;
      size = Tokens.putLiterals(in, anchor, start, out, size);
      tokens.size = size;
      tokens.putMatch(length + back, distance);
      size++;
      anchor = start + length + back;
      remember(in, at + 2, anchor);
      at = anchor;
      if (size >= Tokens.LIMIT) {
        break;
      }
    }
    next = at;
    int stop = Math.min(end, anchor + Math.max(0, Tokens.LIMIT - size));
    if (stop > anchor) {
      size = Tokens.putLiterals(in, anchor, stop, out, size);
    }
    tokens.size = size;
    return stop;
  }

  private static boolean matches(byte[] in, int at, int bytes, int distance) {
    return ((Words.getInt(in, at - distance) ^ bytes) | ((distance - 1) >>> 15)) == 0;
  }

  private static int lengthFrom4(byte[] in, int at, int distance, int end) {
    long difference = Words.getLong(in, at + 4) ^ Words.getLong(in, at + 4 - distance);
    return difference == 0
        ? MatchFinder.matchLength(in, at, distance, 12, end)
        : 4 + Words.commonBytes(difference);
  }

  /** Returns how many bytes before the match are the same too. */
  private static int backwards(byte[] in, int at, int distance, int most) {
    long difference = Words.getLong(in, at - 8) ^ Words.getLong(in, at - 8 - distance);
    return Math.min(Long.numberOfLeadingZeros(difference) >>> 3, most);
  }

  /**
   * Enters three positions of a match, of which the search knows the first two: all of them would
   * cost more than they give.
   */
  private void remember(byte[] in, int third, int end) {
    char[] table = this.table;
    table[hash(Words.getLong(in, end - 2))] = (char) (end - 2);
    table[hash(Words.getLong(in, third))] = (char) third;
    table[hash(Words.getLong(in, end - 1))] = (char) (end - 1);
  }
}
