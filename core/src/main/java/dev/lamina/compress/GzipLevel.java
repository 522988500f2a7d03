// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.deflate.DeflateLevel;

/** How hard Lamina's own gzip encoder looks for repetitions. */
public enum GzipLevel {
  /** About the size of zlib's level 1, in a fraction of its time. */
  FAST(DeflateLevel.FAST),
  /** About the size of zlib's level 3, in a fifth of the time of its level 6. */
  DEFAULT(DeflateLevel.DEFAULT);

  private final DeflateLevel deflateLevel;

  GzipLevel(DeflateLevel deflateLevel) {
    this.deflateLevel = deflateLevel;
  }

  DeflateLevel deflateLevel() {
    return deflateLevel;
  }
}
