// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;
import java.util.Optional;

/** Text that ends in a line with the digest of what comes before it. */
final class Summed {
  private Summed() {}

  static String write(String body) {
    return body + Digest.sha256(body).hex() + "\n";
  }

  /** Returns what was written, or nothing if it was damaged since. */
  static Optional<String> read(String text) {
    int end = text.lastIndexOf('\n', text.length() - 2) + 1;
    String body = text.substring(0, end);
    return end > 0 && text.substring(end).strip().equals(Digest.sha256(body).hex())
        ? Optional.of(body)
        : Optional.empty();
  }
}
