// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * A pair of ENV or LABEL, before expansion: quotes and escapes are still in it.
 *
 * @param key the name
 * @param value the value; in the legacy form the rest of the line
 * @param legacy whether the pair was written {@code key value} instead of {@code key=value}
 */
public record KeyValue(String key, String value, boolean legacy) {

  /** Returns the pair {@code key=value}. */
  public static KeyValue of(String key, String value) {
    return new KeyValue(key, value, false);
  }
}
