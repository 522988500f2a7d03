// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * Keeps the last four places with the same hash of four bytes, and takes the longest match with
 * them, unless the next position has a longer one. To see whether there is a match at all it looks
 * at the last two only: most positions have none, and that is what costs. Four places find nearly
 * what a chain of many would.
 */
final class LazyMatchFinder implements MatchFinder {
  private static final int HASH_BITS = 15;

  /** A match of this length is taken at once. */
  private static final int GOOD_LENGTH = 16;

  /** After so many bytes without a match, as a power of two, the steps grow by one. */
  private static final int PATIENCE = 7;

  /** What a search returns if it found nothing. */
  private static final int NOTHING = -1;

  private static final int LENGTH_SHIFT = 16;
  private static final int NEARNESS = (1 << LENGTH_SHIFT) - 1;

  /** Four positions in each entry, the last one lowest: entering one is a shift. */
  private final long[] table = new long[1 << HASH_BITS];

  /** Where to look next: every entry of the table is before it. */
  private int next;

  /** The entry of the position that the last search found, before that position was entered. */
  private long found;

  @Override
  public void start(int base) {
    this.next = base + 1; // the table says "base" of what it doesn't know
    Arrays.fill(table, (base & 0xffff) * 0x0001_0001_0001_0001L);
  }

  private static int hash(long bytes) {
    return ((int) bytes * 0x9E3779B1) >>> (32 - HASH_BITS);
  }

  @Override
  public int find(byte[] in, int from, int end, Tokens tokens) {
    byte[] literals = tokens.literals;
    long[] sequences = tokens.sequences;
    long[] table = this.table;
    int limit = end - MARGIN;
    int size = 0;
    int count = 0;
    int anchor = from;
    int at = Math.max(from, next);
    while (at < limit && size < Tokens.LIMIT) {
      int searchEnd = Math.min(limit, anchor + Tokens.LIMIT - size);
      at = search(in, at, anchor, searchEnd);
      if (at == NOTHING) {
        at = next;
        break;
      }
      int match = best(in, at, found, end);
      while (length(match) < GOOD_LENGTH) {
        int hash = hash(Words.getLong(in, at + 1));
        long places = table[hash];
        table[hash] = entered(places, at + 1);
        int later = best(in, at + 1, places, end);
        if (length(later) <= length(match)) {
          break;
        }
        at++;
        match = later;
      }
      int run = at - anchor;
      Tokens.copyLiterals(in, anchor, at, literals, size - count);
      sequences[count++] = Tokens.sequence(run, Tokens.match(length(match), distance(match)));
      size += run + 1;
      remember(in, at, length(match));
      anchor = at + length(match);
      at = anchor;
    }
    next = at;
    return tokens.end(size - count, count, in, anchor, end);
  }

  /**
   * Returns the next position from {@code from} on that has a match of four bytes; all positions up
   * to it have been entered, and {@link #found} is set. If there is none before {@code end},
   * returns {@link #NOTHING} and sets {@link #next}.
   *
   * @param anchor the end of the last match
   */
  private int search(byte[] in, int from, int anchor, int end) {
    long[] table = this.table;
    int at = from;
    while (at < end) {
      long bytes = Words.getLong(in, at);
      int hash = hash(bytes);
      int nextHash = hash(bytes >>> 8);
      long places = table[hash];
      table[hash] = entered(places, at);
      long nextPlaces = table[nextHash];
      if (matches(in, at, places, (int) bytes)) {
        found = places;
        return at;
      }
      table[nextHash] = entered(nextPlaces, at + 1);
      if (matches(in, at + 1, nextPlaces, (int) (bytes >>> 8))) {
        found = nextPlaces;
        return at + 1;
      }
      at += 2 + ((at - anchor) >> PATIENCE);
    }
    next = at;
    return NOTHING;
  }

  private static long entered(long places, int at) {
    return places << 16 | (at & 0xffff);
  }

  private static boolean matches(byte[] in, int at, long places, int bytes) {
    return Words.getInt(in, at - 1 - MatchFinder.back(at, (int) places)) == bytes
        || Words.getInt(in, at - 1 - MatchFinder.back(at, (int) (places >>> 16))) == bytes;
  }

  /** Returns the longest match with one of four places, the nearest of the longest. */
  private static int best(byte[] in, int at, long places, int end) {
    long bytes = Words.getLong(in, at);
    int a = MatchFinder.back(at, (int) places);
    int b = MatchFinder.back(at, (int) (places >>> 16));
    int c = MatchFinder.back(at, (int) (places >>> 32));
    int d = MatchFinder.back(at, (int) (places >>> 48));
    long differenceA = Words.getLong(in, at - 1 - a) ^ bytes;
    long differenceB = Words.getLong(in, at - 1 - b) ^ bytes;
    long differenceC = Words.getLong(in, at - 1 - c) ^ bytes;
    long differenceD = Words.getLong(in, at - 1 - d) ^ bytes;
    if (differenceA != 0 && differenceB != 0 && differenceC != 0 && differenceD != 0) {
      return Math.max(
          Math.max(
              match(Words.commonBytes(differenceA), a), match(Words.commonBytes(differenceB), b)),
          Math.max(
              match(Words.commonBytes(differenceC), c), match(Words.commonBytes(differenceD), d)));
    }
    int best = 0;
    if (differenceA == 0) {
      best = longMatch(in, at, a, end);
    }
    if (differenceB == 0) {
      best = Math.max(best, longMatch(in, at, b, end));
    }
    if (differenceC == 0) {
      best = Math.max(best, longMatch(in, at, c, end));
    }
    if (differenceD == 0) {
      best = Math.max(best, longMatch(in, at, d, end));
    }
    return best;
  }

  private static int longMatch(byte[] in, int at, int back, int end) {
    return match(MatchFinder.matchLength(in, at, back + 1, 8, end), back);
  }

  /** Returns a match as a number that is the larger, the longer and then the nearer it is. */
  private static int match(int length, int back) {
    return length << LENGTH_SHIFT | (NEARNESS - back);
  }

  private static int length(int match) {
    return match >>> LENGTH_SHIFT;
  }

  private static int distance(int match) {
    return NEARNESS - (match & NEARNESS) + 1;
  }

  /**
   * Enters positions of a match but for its first two, those near its start and its end: a loop
   * over all costs a surprise, and makes layers 0.6 % smaller at best.
   */
  private void remember(byte[] in, int at, int length) {
    long[] table = this.table;
    long bytes = Words.getLong(in, at + 2);
    enter(table, bytes, at + 2);
    enter(table, bytes >>> 8, at + 3);
    if (length >= 8) {
      enterFour(table, Words.getLong(in, at + 4), at + 4);
      if (length >= 12) {
        int last = at + length - 4;
        enterFour(table, Words.getLong(in, last), last);
      }
    }
  }

  private static void enterFour(long[] table, long bytes, int at) {
    enter(table, bytes, at);
    enter(table, bytes >>> 8, at + 1);
    enter(table, bytes >>> 16, at + 2);
    enter(table, bytes >>> 24, at + 3);
  }

  private static void enter(long[] table, long bytes, int at) {
    int hash = hash(bytes);
    table[hash] = entered(table[hash], at);
  }
}
