// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of a list of images.
 *
 * @param id the digest of the configuration
 * @param references what the image is called, in order; may be empty
 * @param digests under which it is in registries, {@code name@sha256:…}, in order; may be empty
 * @param platform what it runs on
 * @param created when it was made
 * @param size of all layers in bytes, uncompressed
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
}
