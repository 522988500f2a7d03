// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.IOException;
import java.util.Optional;

/**
 * Remembers chunks of gzip streams that have been encoded before, so that what didn't change isn't
 * encoded again. A stream's bytes are the same with a cache and without: a chunk's encoded form
 * depends on its bytes and the {@link CompressionOptions} alone.
 *
 * <p>One cache serves streams of the same {@link CompressionOptions.Gzip} options and {@link
 * CompressionOptions.Gzip#encoder() encoder} only.
 */
public interface ChunkCache {
  /**
   * Returns the encoded form of a chunk, as it was told of by {@link #add}. Called by several
   * threads.
   *
   * @param sha256 the SHA-256 of the chunk's bytes, in lower-case hexadecimal digits
   */
  Optional<byte[]> find(String sha256) throws IOException;

  /**
   * Takes note of where a chunk's encoded form stands in the compressed stream that is being
   * written. Called once for each chunk, in order, by the thread that writes the stream.
   */
  void add(EncodedChunk chunk);

  /**
   * Where a chunk stands in a compressed stream.
   *
   * @param sha256 the SHA-256 of the chunk's own bytes, in lower-case hexadecimal digits
   * @param offset where its encoded form begins, in bytes from the stream's beginning
   * @param size the size of its encoded form in bytes
   * @param crc32 the CRC-32 of its encoded form
   */
  record EncodedChunk(String sha256, long offset, int size, int crc32) {}
}
