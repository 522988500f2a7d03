// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.oci.Digest;
import java.util.List;

/**
 * What pruning took out of a store.
 *
 * @param images the IDs of images without a name
 * @param blobs blobs that nothing refers to any more
 * @param freedBytes how much smaller the store's files are, indexes and copies included
 */
public record PruneReport(List<Digest> images, List<Digest> blobs, long freedBytes) {
  /** Copies the lists. */
  public PruneReport {
    images = List.copyOf(images);
    blobs = List.copyOf(blobs);
  }
}
