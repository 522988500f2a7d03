// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * Looks at the last place with the same hash of seven bytes; without a match there, at the last two
 * with the same hash of four; then, for short matches nearby, at the last with the same hash of
 * three. Takes a match only if the next position doesn't have a longer one. Two places for long
 * matches and short ones find nearly what a chain of many would, and cost a fraction.
 */
final class LazyMatchFinder implements MatchFinder {
  private static final int LONG_HASH_BITS = 16;
  private static final int HASH_BITS = 15;
  private static final int SHORT_HASH_BITS = 13;

  /** What the hash of a long match is of. */
  private static final int LONG_LENGTH = 7;

  /** How far back a match of three bytes still is shorter than its literals. */
  private static final int SHORT_DISTANCE = 4096;

  /** A match of this length is taken at once. */
  private static final int GOOD_LENGTH = 32;

  /** After so many bytes without a match, as a power of two, the steps grow by one. */
  private static final int PATIENCE = 8;

  private final char[] longTable = new char[1 << LONG_HASH_BITS];

  /** Two positions in each entry, the last one lower: entering one is a shift. */
  private final int[] table = new int[1 << HASH_BITS];

  private final char[] shortTable = new char[1 << SHORT_HASH_BITS];

  @Override
  public void start(int base) {
    Arrays.fill(longTable, (char) base);
    Arrays.fill(table, (base & 0xffff) * 0x0001_0001);
    Arrays.fill(shortTable, (char) base);
  }

  private static int longHash(long bytes) {
    return (int) (((bytes << 8) * 0x9E3779B185EBCA87L) >>> (64 - LONG_HASH_BITS));
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
    int anchor = from;
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
        int step = 1 + ((at - anchor) >> PATIENCE);
        at = putLiterals(in, at, Math.min(limit, at + step), tokens);
      } else {
        tokens.putMatch(length(match), distance(match));
        at += length(match);
        anchor = at;
        enter(in, entered, Math.min(at, limit));
      }
    }
    return at < limit ? at : putLiterals(in, at, end, tokens);
  }

  /** Writes literals up to a position, or until there are enough tokens; returns the position. */
  private static int putLiterals(byte[] in, int from, int to, Tokens tokens) {
    int stop = Math.min(to, from + Math.max(0, Tokens.LIMIT - tokens.size));
    for (int at = from; at < stop; at++) {
      tokens.array[tokens.size++] = in[at] & 0xff;
    }
    return stop;
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
    int longHash = longHash(bytes);
    int distance = (at - longTable[longHash]) & 0xffff;
    longTable[longHash] = (char) at;
    int hash = hash(bytes);
    int entry = table[hash];
    table[hash] = entry << 16 | (at & 0xffff);
    int shortHash = shortHash(bytes);
    int shortDistance = (at - shortTable[shortHash]) & 0xffff;
    shortTable[shortHash] = (char) at;

    long difference = Words.getLong(in, at - distance) ^ bytes;
    if ((difference << 8 | ((distance - 1) >>> 15)) == 0) {
      int length =
          difference == 0 ? MatchFinder.matchLength(in, at, distance, 8, end) : LONG_LENGTH;
      return length > least ? length << 16 | distance : 0;
    }
    int best = least;
    int bestDistance = 0;
    for (int i = 0; i < 2; i++) {
      distance = (at - entry) & 0xffff;
      entry >>>= 16;
      difference = Words.getLong(in, at - distance) ^ bytes;
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
    if (best < Symbols.MIN_MATCH && shortDistance <= SHORT_DISTANCE && shortDistance > 0) {
      int threeBytes = Words.getInt(in, at - shortDistance) ^ (int) bytes;
      return threeBytes << 8 == 0 ? Symbols.MIN_MATCH << 16 | shortDistance : 0;
    }
    return bestDistance == 0 ? 0 : best << 16 | bestDistance;
  }

  private void enter(byte[] in, int from, int to) {
    for (int at = from; at < to; at++) {
      long bytes = Words.getLong(in, at);
      longTable[longHash(bytes)] = (char) at;
      int hash = hash(bytes);
      table[hash] = table[hash] << 16 | (at & 0xffff);
      shortTable[shortHash(bytes)] = (char) at;
    }
  }
}
