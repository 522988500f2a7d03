// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes hashers of the algorithms that digests may have. */
final class Hashers {
  private Hashers() {}

  /** Returns a hasher for {@code sha256} or {@code sha512}. */
  static MessageDigest of(String algorithm) {
    String name = algorithm.equals("sha256") ? "SHA-256" : "SHA-512";
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no " + name + " in this JVM", e);
    }
  }
}
