// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the cache knows of one key: the layer that was made. Kept as text, a line a field, ended by
 * a digest of what comes before, so that a damaged record is none.
 *
 * @param layer the layer's diff ID
 * @param created when the layer was made
 */
record CacheRecord(Digest layer, Instant created) {
  private static final String FORMAT = "lamina-cache 2";

  String write() {
    return Summed.write(FORMAT + "\n" + layer + "\n" + created + "\n");
  }

  /** Returns the record a text is, or nothing if it is damaged or of another version. */
  static Optional<CacheRecord> read(String text) {
    Optional<String> body = Summed.read(text);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = body.get().lines().toList();
    if (lines.size() != 3 || !lines.get(0).equals(FORMAT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CacheRecord(Digest.parse(lines.get(1)), Instant.parse(lines.get(2))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty(); // another program's
    }
  }
}
