// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.deflate.DeflateEncoder;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.annotation.Nullable;

/**
 * A piece of a stream and what it is encoded as; reused for one piece after another. It belongs to
 * one thread at a time: to the writer of the stream, and between submission and collection to a
 * worker.
 */
final class Chunk {
  /** The largest size of a chunk in bytes. */
  static final int CAPACITY = 1 << 20;

  /** Where the chunk begins in {@link #in}. */
  static final int START = DeflateEncoder.MARGIN;

  final byte[] in = new byte[CAPACITY + 2 * DeflateEncoder.MARGIN];

  /** How many bytes are in the chunk. */
  int size;

  /** What the chunk is encoded as. */
  byte[] encoded = {};

  int encodedSize;

  /** The SHA-256 of the chunk, if a cache wants to know. */
  @Nullable String sha256;

  /** Done when {@link #encoded} is there; null if that was done at once. */
  @Nullable Future<?> pending;

  /** Takes in as much as there is room for and returns how much that was. */
  int fill(byte[] buffer, int offset, int length) {
    int count = Math.min(length, CAPACITY - size);
    System.arraycopy(buffer, offset, in, START + size, count);
    size += count;
    return count;
  }

  /** Moves the bytes from {@code from} on into an empty chunk. */
  void split(int from, Chunk rest) {
    rest.size = size - from;
    System.arraycopy(in, START + from, rest.in, START, rest.size);
    size = from;
  }

  void clear() {
    size = 0;
    encodedSize = 0;
    sha256 = null;
    pending = null;
  }

  void encode(DeflateEncoder encoder) {
    int needed = DeflateEncoder.maxEncodedSize(size);
    if (encoded.length < needed) {
      encoded = new byte[needed];
    }
    encodedSize = encoder.encode(in, START, START + size, encoded, 0);
  }

  /** Takes the encoded form from a cache; false if the cache doesn't have it. */
  boolean recall(ChunkCache cache) throws IOException {
    MessageDigest digest = Digest.hasher("sha256");
    digest.update(in, START, size);
    String key = HexFormat.of().formatHex(digest.digest());
    sha256 = key;
    Optional<byte[]> known = cache.find(key);
    if (known.isPresent()) {
      encoded = known.get();
      encodedSize = encoded.length;
    }
    return known.isPresent();
  }
}
