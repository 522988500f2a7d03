// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.layer;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

/** Bytes and changes made from seeds. */
final class SampleFiles {
  static final Metadata PLAIN = Metadata.of(0644, Instant.ofEpochSecond(1_700_000_000));

  private SampleFiles() {}

  /** Text of 5,000 words, the frequent ones more often, with a tenth of noise between. */
  static byte[] bytes(int size) {
    Random random = new Random(1);
    byte[][] words = new byte[5_000][];
    for (int i = 0; i < words.length; i++) {
      StringBuilder word = new StringBuilder();
      for (int letters = 1 + random.nextInt(9); letters > 0; letters--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words[i] = word.append(' ').toString().getBytes(StandardCharsets.US_ASCII);
    }
    byte[] noise = new byte[48];
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; ) {
      byte[] piece = words[(int) (words.length * Math.pow(random.nextDouble(), 3))];
      if (random.nextInt(80) == 0) {
        random.nextBytes(noise);
        piece = noise;
      }
      int count = Math.min(piece.length, size - at);
      System.arraycopy(piece, 0, bytes, at, count);
      at += count;
    }
    return bytes;
  }

  /** The name of a file, a hundred in a directory. */
  static String name(int i) {
    return "d" + i / 10_000 + "/e" + i / 100 % 100 + "/file" + i % 100;
  }

  /** Files that are slices of some bytes, one after the other. */
  static Changes files(byte[] bytes, int count) {
    Content all = Content.of(bytes);
    int size = bytes.length / count;
    Changes.Builder changes = Changes.builder();
    for (int i = 0; i < count; i++) {
      Content content = all.slice((long) i * size, size);
      changes.put(TreePath.of(name(i)), Node.file(PLAIN, content));
    }
    return changes.build();
  }
}
