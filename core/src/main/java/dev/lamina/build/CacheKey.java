// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * What a layer is made of: the kind of the instruction, the files below, and its inputs in order.
 * Two steps with equal keys make the same layer; the key is a digest of all that.
 *
 * @param slots what the step is called, the best name first, to find the nearest earlier build of
 *     it: no part of the key
 * @param inputs kind, files and inputs
 * @param digest the digest of the inputs
 */
record CacheKey(List<String> slots, List<CacheInput> inputs, String digest) {
  CacheKey {
    slots = List.copyOf(slots);
    inputs = List.copyOf(inputs);
  }

  static CacheKey of(List<String> slots, List<CacheInput> inputs) {
    MessageDigest digest = Digest.hasher("sha256");
    for (CacheInput input : inputs) {
      add(digest, input.name());
      add(digest, input.value());
    }
    return new CacheKey(slots, inputs, Digest.of(digest.digest()).hex());
  }

  /**
   * Each text with its length before it, so that no two lists give the same bytes. No charset of
   * Java's writes lone surrogates, which stand for bytes of names that are not UTF-8: it would give
   * all of them one replacement, and one key to files of different names.
   */
  private static void add(MessageDigest digest, String text) {
    int length = text.length();
    byte[] bytes = new byte[2 * length];
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      bytes[2 * i] = (byte) (c >> 8);
      bytes[2 * i + 1] = (byte) c;
    }
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
