// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.util.Arrays;

/**
 * Keeps the last two places with the same hash, and takes the longer match with them, unless the
 * next position has a longer one. The shortest matches that it looks for are of four bytes, or more
 * where literals take so few bits that a match of four takes more.
 */
final class LazyMatchFinder implements MatchFinder {
  private static final int HASH_BITS = 16;
  private static final long MULTIPLIER = 0x9E3779B185EBCA87L;

  /** A match of this length is taken at once. It is what the first comparison can see. */
  private static final int GOOD_LENGTH = 16;

  /** Where literals take fewer bits than this, matches of four bytes aren't looked for. */
  private static final double BITS_FOR_5 = 5;

  /** Where literals take fewer bits than this, as in plain text, nor are matches of five. */
  private static final double BITS_FOR_6 = 4.3;

  /** After so many bytes without a match, as a power of two, the steps grow by one. */
  private static final int PATIENCE = 7;

  /** What a search returns if it found nothing. */
  private static final int NOTHING = -1;

  private static final int LENGTH_SHIFT = 16;
  private static final int NEARNESS = (1 << LENGTH_SHIFT) - 1;

  /** Two positions in each entry, the last one lower: entering one is a shift. */
  private final int[] table = new int[1 << HASH_BITS];

  /** Where to look next: every entry of the table is before it. */
  private int next;

  /** The entry of the position that the last search found, before that position was entered. */
  private int found;

  /** The bytes of a word that must match. */
  private long mask;

  /** Makes a hash of those bytes. Entries made with another one do no harm: all are compared. */
  private long multiplier;

  @Override
  public void start(int base) {
    next = base + 1; // the table says "base" of what it doesn't know
    Arrays.fill(table, (base & 0xffff) * 0x0001_0001);
    lookForMatchesOf(4);
  }

  private void lookForMatchesOf(int bytes) {
    int unused = Long.SIZE - Byte.SIZE * bytes;
    mask = -1L >>> unused;
    multiplier = MULTIPLIER << unused;
  }

  private static int hash(long bytes, long multiplier) {
    return (int) ((bytes * multiplier) >>> (Long.SIZE - HASH_BITS));
  }

  @Override
  public int find(byte[] in, int from, int end, Tokens tokens) {
    byte[] literals = tokens.literals;
    long[] sequences = tokens.sequences;
    int[] table = this.table;
    long multiplier = this.multiplier;
    int limit = end - 2 * GOOD_LENGTH;
    int size = tokens.size();
    int full = size + Tokens.PIECE;
    int count = tokens.sequenceCount;
    int anchor = from;
    int at = Math.max(from, next);
    while (at < limit && size < full) {
      int searchEnd = Math.min(limit, anchor + full - size);
      at = search(in, at, anchor, searchEnd);
      if (at == NOTHING) {
        at = next;
        break;
      }
      int match = best(in, at, found, end);
      while (length(match) < GOOD_LENGTH) {
        int hash = hash(Words.getLong(in, at + 1), multiplier);
        int places = table[hash];
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
    int reached = tokens.endPiece(size - count, count, in, anchor, end);
    double bits = tokens.piece.bitsOfLiteral();
    lookForMatchesOf(bits < BITS_FOR_6 ? 6 : bits < BITS_FOR_5 ? 5 : 4);
    return reached;
  }

  /**
   * Returns the next position from {@code from} on that has a match; all positions up to it have
   * been entered, and {@link #found} is set. If there is none before {@code end}, returns {@link
   * #NOTHING} and sets {@link #next}.
   *
   * @param anchor the end of the last match
   */
  private int search(byte[] in, int from, int anchor, int end) {
    int[] table = this.table;
    long mask = this.mask;
    long multiplier = this.multiplier;
    int at = from;
    while (at < end) {
      long bytes = Words.getLong(in, at);
      int hash = hash(bytes, multiplier);
      int nextHash = hash(bytes >>> 8, multiplier);
      int places = table[hash];
      table[hash] = entered(places, at);
      int nextPlaces = table[nextHash];
      if (matches(in, at, places, bytes, mask)) {
        found = places;
        return at;
      }
      table[nextHash] = entered(nextPlaces, at + 1);
      if (matches(in, at + 1, nextPlaces, bytes >>> 8, mask)) {
        found = nextPlaces;
        return at + 1;
      }
      at += 2 + ((at - anchor) >> PATIENCE);
    }
    next = at;
    return NOTHING;
  }

  private static int entered(int places, int at) {
    return places << 16 | (at & 0xffff);
  }

  private static boolean matches(byte[] in, int at, int places, long bytes, long mask) {
    int a = MatchFinder.back(at, places);
    int b = MatchFinder.back(at, places >>> 16);
    return ((Words.getLong(in, at - 1 - a) ^ bytes) & mask) == 0
        || ((Words.getLong(in, at - 1 - b) ^ bytes) & mask) == 0;
  }

  /** Returns the longer match with one of two places, the nearer of two as long. */
  private static int best(byte[] in, int at, int places, int end) {
    int a = MatchFinder.back(at, places);
    int b = MatchFinder.back(at, places >>> 16);
    long low = Words.getLong(in, at);
    long high = Words.getLong(in, at + 8);
    long lowA = Words.getLong(in, at - 1 - a) ^ low;
    long highA = Words.getLong(in, at + 7 - a) ^ high;
    long lowB = Words.getLong(in, at - 1 - b) ^ low;
    long highB = Words.getLong(in, at + 7 - b) ^ high;
    if ((lowA | highA) == 0 || (lowB | highB) == 0) {
      return Math.max(longMatch(in, at, a, end), longMatch(in, at, b, end));
    }
    return Math.max(
        match(Words.commonBytes(lowA, highA), a), match(Words.commonBytes(lowB, highB), b));
  }

  private static int longMatch(byte[] in, int at, int back, int end) {
    return match(MatchFinder.matchLength(in, at, back + 1, 0, end), back);
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
    enterTwo(in, at + 2);
    if (length >= 8) {
      enterTwo(in, at + 4);
      enterTwo(in, at + 6);
      if (length >= 12) {
        enterTwo(in, at + length - 4);
        enterTwo(in, at + length - 2);
      }
    }
  }

  private void enterTwo(byte[] in, int at) {
    long bytes = Words.getLong(in, at);
    enter(bytes, at);
    enter(bytes >>> 8, at + 1);
  }

  private void enter(long bytes, int at) {
    int hash = hash(bytes, multiplier);
    table[hash] = entered(table[hash], at);
  }
}
