// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

/** How hard the encoder looks for repetitions. */
public enum DeflateLevel {
  /** About the size of zlib's level 1. */
  FAST,
  /** Between the sizes of zlib's levels 3 and 5, in a quarter of the time of level 6. */
  DEFAULT
}
