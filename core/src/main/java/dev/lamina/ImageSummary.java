// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line of a list of images.
 *
 * @param id the digest of the configuration
 * @param references what the image is called, in order; may be empty
 * @param digests under which it is in registries, {@code name@sha256:…}, in order; may be empty
 * @param platform what it runs on
 * @param created when it was made
 * @param size of all layers in bytes, uncompressed; of those not opened yet, {@link
 *     Pull#openingLater}, of their blobs
 * @param sharedSize of the layers that other images of the store have too
 */
public record ImageSummary(
    Digest id,
    List<ImageReference> references,
    List<ImageReference> digests,
    Platform platform,
    Optional<Instant> created,
    long size,
    long sharedSize) {
  /** Copies the lists. */
  public ImageSummary {
    references = List.copyOf(references);
    digests = List.copyOf(digests);
  }

  /** Returns names, ID, platform and size, as in {@code docker images}. */
  @Override
  public String toString() {
    String names =
        references.isEmpty()
            ? "<none>"
            : references.stream().map(ImageReference::familiar).collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT, "%s  %s  %s  %,d bytes", names, id.shortHex(), platform, size);
  }
}
