// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

/**
 * What a decompressed stream may grow to before reading it fails with {@link
 * DecompressionLimitException}: the guard against decompression bombs.
 *
 * @param maxBytes how many bytes may come out in all; at least 0
 * @param maxRatio how many bytes may come out for each byte that went in; at least 1
 * @param ratioFreeBytes up to how many bytes {@code maxRatio} isn't looked at, as a file of zeros
 *     is legal; at least 0
 * @param maxMemory how much memory a decoder may take for its window, in bytes; at least 1 MiB. A
 *     zstd window must fit it, and all of an xz decoder
 */
public record DecompressionLimits(
    long maxBytes, long maxRatio, long ratioFreeBytes, long maxMemory) {

  /** 256 GiB in all; 200 to 1 past 4 GiB; 128 MiB of memory, which is zstd's own limit. */
  public static final DecompressionLimits DEFAULT =
      new DecompressionLimits(256L << 30, 200, 4L << 30, 128L << 20);

  /** No limit on size and ratio; memory as in {@link #DEFAULT}. */
  public static final DecompressionLimits UNLIMITED =
      new DecompressionLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 128L << 20);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public DecompressionLimits {
    requireAtLeast("maxBytes", 0, maxBytes);
    requireAtLeast("maxRatio", 1, maxRatio);
    requireAtLeast("ratioFreeBytes", 0, ratioFreeBytes);
    requireAtLeast("maxMemory", 1L << 20, maxMemory);
  }

  /** Returns these limits with another {@link #maxBytes()}. */
  public DecompressionLimits withMaxBytes(long bytes) {
    return new DecompressionLimits(bytes, maxRatio, ratioFreeBytes, maxMemory);
  }

  /** Returns these limits with another {@link #maxRatio()}, looked at past {@code freeBytes}. */
  public DecompressionLimits withMaxRatio(long ratio, long freeBytes) {
    return new DecompressionLimits(maxBytes, ratio, freeBytes, maxMemory);
  }

  /** Returns these limits with another {@link #maxMemory()}. */
  public DecompressionLimits withMaxMemory(long bytes) {
    return new DecompressionLimits(maxBytes, maxRatio, ratioFreeBytes, bytes);
  }

  /** Returns whether {@code produced} bytes out of {@code consumed} are too many. */
  boolean exceededBy(long produced, long consumed) {
    return produced > maxBytes || (produced > ratioFreeBytes && produced / maxRatio > consumed);
  }

  private static void requireAtLeast(String name, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + ": expected at least " + least + ", found " + value);
    }
  }
}
