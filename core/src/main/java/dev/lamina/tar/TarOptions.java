// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

/**
 * What a reader of tar streams puts up with.
 *
 * @param maxHeaderBytes how large one extended header (PAX records, a GNU long name, a sparse map)
 *     may be; at least 512
 * @param maxNameBytes how long a name or a link's target may be; at least 1
 * @param maxSparseSize how large a sparse file may claim to be, holes and all: a header of a few
 *     bytes can claim any size
 * @param endMarkRequired whether a stream that ends between two entries, without the two blocks of
 *     zeros, is truncated; where a digest covers the stream it may be allowed
 */
public record TarOptions(
    int maxHeaderBytes, int maxNameBytes, long maxSparseSize, boolean endMarkRequired) {

  /** 1 MiB an extended header, 4,096 bytes a name, 1 TiB a sparse file, end mark required. */
  public static final TarOptions DEFAULT = new TarOptions(1 << 20, 4096, 1L << 40, true);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TarOptions {
    if (maxHeaderBytes < 512 || maxNameBytes < 1 || maxSparseSize < 0) {
      throw new IllegalArgumentException(
          "limits: expected at least 512, 1 and 0, found "
              + maxHeaderBytes
              + ", "
              + maxNameBytes
              + " and "
              + maxSparseSize);
    }
  }

  /** Returns these options with another {@link #maxHeaderBytes()}. */
  public TarOptions withMaxHeaderBytes(int bytes) {
    return new TarOptions(bytes, maxNameBytes, maxSparseSize, endMarkRequired);
  }

  /** Returns these options with another {@link #maxSparseSize()}. */
  public TarOptions withMaxSparseSize(long bytes) {
    return new TarOptions(maxHeaderBytes, maxNameBytes, bytes, endMarkRequired);
  }

  /** Returns these options with another {@link #endMarkRequired()}. */
  public TarOptions withEndMarkRequired(boolean required) {
    return new TarOptions(maxHeaderBytes, maxNameBytes, maxSparseSize, required);
  }
}
