// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

/**
 * How many entries, and how many bytes.
 *
 * @param entries number of entries
 * @param bytes sum of their bytes
 */
public record Count(long entries, long bytes) {
  static final Count NONE = new Count(0, 0);

  Count plus(long moreBytes) {
    return new Count(entries + 1, bytes + moreBytes);
  }
}
