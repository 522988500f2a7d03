// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;

/**
 * One thing a layer depends on.
 *
 * @param name what it is called, {@code file src/Main.java}
 * @param value its value, or the digest of a long one
 */
record CacheInput(String name, String value) {
  private static final int LONGEST = 200;

  CacheInput {
    value = value.length() > LONGEST ? Digest.sha256(value).hex() : value;
  }
}
