// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

/** How much of a build's cache is written for others. */
public enum CacheMode {
  /** The steps whose layers are in the image. */
  MIN,
  /** The steps of all stages that were built. */
  MAX
}
