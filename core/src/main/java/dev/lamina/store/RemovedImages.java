// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import java.util.List;

/**
 * What was removed from a store.
 *
 * @param untagged names that stand for nothing now, in their order
 * @param images the IDs of images that are gone, in their order
 */
public record RemovedImages(List<ImageReference> untagged, List<Digest> images) {
  /** Copies the lists. */
  public RemovedImages {
    untagged = List.copyOf(untagged);
    images = List.copyOf(images);
  }
}
