// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.util.List;

/** Where images go: an archive, a layout. */
public interface ImageSink {
  /**
   * Writes images of a store, with their names; what they share is written once.
   *
   * @throws dev.lamina.store.BlobNotFoundException if a part of one isn't in the store
   */
  void write(LocalStore store, List<NamedImage> images) throws IOException;
}
