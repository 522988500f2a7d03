// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Inputs that are hard on an encoder, and seeded ones of every shape. */
final class Shapes {
  /** Returns named inputs at the edges of the format and of the encoder's own limits. */
  static Map<String, byte[]> edges() {
    Map<String, byte[]> shapes = new LinkedHashMap<>();
    for (int length : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, 63}) {
      shapes.put(length + " zeros", new byte[length]);
      shapes.put(length + " random bytes", random(length, length));
    }
    for (int length : new int[] {257, 258, 259, 260, 261, 262, 516, 517, 774, 65_535, 65_536}) {
      shapes.put("run of " + length, filled(length, (byte) 'r'));
      shapes.put("run of " + length + " between others", between(filled(length, (byte) 'r')));
    }
    for (int period : new int[] {2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 258, 259}) {
      shapes.put("period of " + period, repeated(random(period, period), 5_000));
    }
    for (int distance :
        new int[] {1 << 12, 32_766, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 98_304}) {
      shapes.put("repeated after " + distance, repeatedAfter(distance));
    }
    for (int length :
        new int[] {8_191, 8_192, 8_193, 16_384, 16_400, 65_534, 65_537, 131_072, 200_000}) {
      shapes.put(length + " incompressible bytes", random(length, 99));
      shapes.put(length + " bytes of 2 kinds", ofKinds(length, 2));
      shapes.put(length + " bytes of 200 kinds", ofKinds(length, 200));
    }
    shapes.put("every byte once", allBytes());
    shapes.put("skewed as Fibonacci numbers", fibonacci());
    shapes.put("zeros, then random", concat(new byte[100_000], random(100_000, 3)));
    shapes.put("random, then zeros", concat(random(100_000, 3), new byte[100_000]));
    shapes.put("random, then the same", concat(random(30_000, 4), random(30_000, 4)));
    shapes.put("text", text(300_000, 1));
    return shapes;
  }

  /** Returns an input made of literals of a changing alphabet and of copies from near and far. */
  static byte[] mixture(long seed) {
    Random random = new Random(seed);
    byte[] data = new byte[random.nextInt(120_000)];
    int alphabet = 1 + random.nextInt(256);
    int at = 0;
    while (at < data.length) {
      if (random.nextInt(50) == 0) {
        alphabet = 1 + random.nextInt(256);
      }
      int length = Math.min(data.length - at, 1 << random.nextInt(random.nextInt(12) + 1));
      if (at > 0 && random.nextBoolean()) {
        int distance = Math.min(at, 1 + random.nextInt(1 << (1 + random.nextInt(17))));
        for (int i = 0; i < length; i++) {
          data[at + i] = data[at + i - distance];
        }
      } else {
        for (int i = 0; i < length; i++) {
          data[at + i] = (byte) random.nextInt(alphabet);
        }
      }
      at += length;
    }
    return data;
  }

  /** Returns words in sentences: what compresses as prose does. */
  static byte[] text(int length, long seed) {
    Random random = new Random(seed);
    String[] words = new String[2_000];
    for (int i = 0; i < words.length; i++) {
      StringBuilder word = new StringBuilder();
      for (int letters = 1 + random.nextInt(9); letters > 0; letters--) {
        word.append((char) ('a' + (int) Math.min(25, Math.abs(random.nextGaussian() * 8))));
      }
      words[i] = word.toString();
    }
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int rank = (int) Math.min(words.length - 1, Math.abs(random.nextGaussian() * 300));
      text.append(words[rank]).append(random.nextInt(12) == 0 ? ".\n" : " ");
    }
    return Arrays.copyOf(text.toString().getBytes(UTF_8), length);
  }

  static byte[] random(int length, long seed) {
    byte[] data = new byte[length];
    new Random(seed).nextBytes(data);
    return data;
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] filled(int length, byte value) {
    byte[] data = new byte[length];
    Arrays.fill(data, value);
    return data;
  }

  private static byte[] between(byte[] middle) {
    return concat(random(50, 7), middle, random(50, 8));
  }

  private static byte[] repeated(byte[] period, int length) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = period[i % period.length];
    }
    return data;
  }

  private static byte[] repeatedAfter(int distance) {
    byte[] piece = random(400, 21);
    return concat(piece, random(distance - piece.length, 22), piece);
  }

  private static byte[] ofKinds(int length, int kinds) {
    Random random = new Random(kinds);
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) random.nextInt(kinds);
    }
    return data;
  }

  private static byte[] allBytes() {
    byte[] data = new byte[256];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) i;
    }
    return data;
  }

  /**
   * Returns bytes so skewed that an unlimited Huffman code would be as deep as there are kinds, in
   * an order without repetitions.
   */
  private static byte[] fibonacci() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = 1;
    int next = 1;
    for (int value = 0; value < 20; value++) {
      for (int i = 0; i < count; i++) {
        out.write(value);
      }
      int sum = count + next;
      count = next;
      next = sum;
    }
    byte[] data = out.toByteArray();
    Random random = new Random(13);
    for (int i = data.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      byte swapped = data[i];
      data[i] = data[other];
      data[other] = swapped;
    }
    return data;
  }

  private Shapes() {}
}
