// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.util.List;

/** Where images come from: an archive, a layout. */
public interface ImageSource {
  /**
   * Reads all images into a store, with their names. If that fails, no name of the store has
   * changed and no image is there that wasn't; what had been read is removed by the next pruning.
   *
   * @return the images in the source's order
   * @throws dev.lamina.oci.InvalidImageException if the source isn't sound
   * @throws dev.lamina.store.BlobMismatchException if a part isn't what its digest says
   */
  List<NamedImage> readInto(LocalStore store) throws IOException;
}
