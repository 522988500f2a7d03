// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

/** How hard Lamina's own gzip encoder looks for repetitions. */
public enum GzipLevel {
  /** About the size of zlib's level 1, in a fraction of its time. */
  FAST,
  /** About the size of zlib's level 6, in a fraction of its time. */
  DEFAULT
}
