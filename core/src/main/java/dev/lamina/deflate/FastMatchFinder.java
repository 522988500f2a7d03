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

  /** What a search returns in the place of a distance if it found nothing. */
  private static final int NOTHING = 0xffff;

  private final char[] table = new char[1 << HASH_BITS];
  private int base;

  /** Where to look next: every entry of the table is before it. */
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
    byte[] literals = tokens.literals;
    long[] sequences = tokens.sequences;
    int base = this.base;
    int limit = end - MARGIN;
    int size = tokens.size();
    int full = size + Tokens.PIECE;
    int count = tokens.sequenceCount;
    int anchor = from;
    int at = Math.max(from, next);
    while (at < limit && size < full) {
      int searchEnd = Math.min(limit, anchor + full - size);
      long found = search(in, at, anchor, searchEnd);
      at = (int) (found >>> 16);
      if ((found & 0xffff) == NOTHING) {
        break;
      }
      int distance = (int) (found & 0xffff) + 1;
      int length = lengthFrom4(in, at, distance, end);
      int back = backwards(in, at, distance, Math.min(at - anchor, at - distance - base));
      back = Math.min(back, Symbols.MAX_MATCH - length);
      int start = at - back;
      int run = start - anchor;
      Tokens.copyLiterals(in, anchor, start, literals, size - count);
      sequences[count++] = Tokens.sequence(run, Tokens.match(length + back, distance));
      size += run + 1;
      anchor = at + length; // not by way of "back", for which the next search would wait
      remember(in, at + 2, anchor);
      at = anchor;
    }
    next = at;
    return tokens.endPiece(size - count, count, in, anchor, end);
  }

  /**
   * Looks for a match from {@code from} on and returns its position, shifted by 16, and its
   * distance − 1, or the position reached and {@link #NOTHING}. It is a method of its own, with
   * little in it but the table, and looks at four positions at a time from one load: with a
   * finder's other values around it, most would not be in registers.
   *
   * @param anchor the end of the last match
   */
  private long search(byte[] in, int from, int anchor, int end) {
    char[] table = this.table;
    int at = from;
    while (at < end) {
      long bytes = Words.getLong(in, at);
      int hash = hash(bytes);
      int nextHash = hash(bytes >>> 8);
      int back = MatchFinder.back(at, table[hash]);
      table[hash] = (char) at;
      int nextBack = MatchFinder.back(at + 1, table[nextHash]);
      table[nextHash] = (char) (at + 1);
      if (Words.getInt(in, at - 1 - back) == (int) bytes) {
        return (long) at << 16 | back;
      }
      if (Words.getInt(in, at - nextBack) == (int) (bytes >>> 8)) {
        return (long) (at + 1) << 16 | nextBack;
      }
      hash = hash(bytes >>> 16);
      nextHash = hash(bytes >>> 24);
      back = MatchFinder.back(at + 2, table[hash]);
      table[hash] = (char) (at + 2);
      nextBack = MatchFinder.back(at + 3, table[nextHash]);
      table[nextHash] = (char) (at + 3);
      if (Words.getInt(in, at + 1 - back) == (int) (bytes >>> 16)) {
        return (long) (at + 2) << 16 | back;
      }
      if (Words.getInt(in, at + 2 - nextBack) == (int) (bytes >>> 24)) {
        return (long) (at + 3) << 16 | nextBack;
      }
      at += 4 + ((at - anchor) >> PATIENCE);
    }
    return (long) at << 16 | NOTHING;
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
