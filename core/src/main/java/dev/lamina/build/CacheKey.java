// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * What a layer is made of: the kind of the instruction, the files below, and its inputs in order.
 * Two steps with equal keys make the same layer; the key is a digest of all that.
 *
 * @param slot what the step is called, to find the nearest earlier build of it: no part of the key
 * @param inputs kind, files and inputs
 */
record CacheKey(String slot, List<CacheInput> inputs) {
  CacheKey {
    inputs = List.copyOf(inputs);
  }

  String digest() {
    MessageDigest digest = Hashes.sha256();
    for (CacheInput input : inputs) {
      add(digest, input.name());
      add(digest, input.value());
    }
    return Hashes.hex(digest.digest());
  }

  /** Each text with its length before it, so that no two lists give the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE); // keeps lone surrogates apart
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
