// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sample;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes that compress about as well as what is in images, made from seeds. */
public final class SampleBytes {
  private SampleBytes() {}

  /** Words, the frequent ones more often. */
  public static byte[] text(int size, long seed) {
    Random random = new Random(seed);
    byte[][] words = new byte[8_000][];
    for (int i = 0; i < words.length; i++) {
      StringBuilder word = new StringBuilder();
      for (int letters = 1 + random.nextInt(10); letters > 0; letters--) {
        word.append((char) ('a' + (int) Math.min(25, Math.abs(random.nextGaussian() * 8))));
      }
      words[i] =
          word.append(random.nextInt(9) == 0 ? "\n" : " ")
              .toString()
              .getBytes(StandardCharsets.US_ASCII);
    }
    return filled(size, random, words, 1.6);
  }

  /** Short sequences of bytes, as machine code has, with other bytes between. */
  public static byte[] program(int size, long seed) {
    Random random = new Random(seed);
    byte[][] codes = new byte[6_000][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = new byte[2 + random.nextInt(7)];
      random.nextBytes(codes[i]);
    }
    return filled(size, random, codes, 1.2);
  }

  /** Bytes that don't compress. */
  public static byte[] noise(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Pieces of all three as a tree like /usr has them, of 1 to 64 KiB. */
  public static byte[] mixed(int size, long seed) {
    byte[][] pools = {text(size, seed), program(size, seed), noise(size, seed)};
    Random random = new Random(seed);
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; ) {
      int kind = random.nextInt(10);
      byte[] pool = pools[kind < 5 ? 0 : kind < 8 ? 1 : 2];
      int count = Math.min((1 + random.nextInt(64)) << 10, size - at);
      System.arraycopy(pool, at, bytes, at, count);
      at += count;
    }
    return bytes;
  }

  private static byte[] filled(int size, Random random, byte[][] pieces, double skew) {
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; ) {
      int rank = (int) (pieces.length * Math.pow(random.nextDouble(), 1 + skew));
      byte[] piece = pieces[rank];
      int count = Math.min(piece.length, size - at);
      System.arraycopy(piece, 0, bytes, at, count);
      at += count;
    }
    return bytes;
  }
}
