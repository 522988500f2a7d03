// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

/** How hard the encoder looks for repetitions. */
public enum DeflateLevel {
  /** About the size of zlib's level 1. */
  FAST,
  /** About the size of zlib's level 3, in a fifth of the time of its level 6. */
  DEFAULT
}
