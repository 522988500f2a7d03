// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The layers that a build found in its store: those of bases, and those its steps made before.
 * Others may prune them. To keep them from that costs writes, which a build doesn't do that finds
 * all there as it was: so it is done before the first step that is carried out, and from then on as
 * soon as a layer is found. Before that, a layer may be gone when it is needed.
 *
 * <p>Safe for use by several threads.
 */
final class FoundLayers {
  private final LocalStore store;
  private final Set<Digest> found = new HashSet<>(); // diff IDs, or blobs; guarded by this
  private boolean retaining; // guarded by this

  FoundLayers(LocalStore store) {
    this.store = store;
  }

  /** Returns whether a layer that was found is still there, as far as that matters now. */
  synchronized boolean add(Digest layer) throws IOException {
    found.add(layer);
    return !retaining || store.layers().retain(Set.of(layer));
  }

  /**
   * Adds the layers of a base.
   *
   * @throws BuildException if they aren't there any more
   */
  synchronized void add(StoredImage base) throws IOException {
    base.manifest().layers().forEach(blob -> found.add(blob.digest()));
    if (retaining) {
      requireFound();
    }
  }

  /**
   * Keeps what was found, and what will be, from being pruned.
   *
   * @throws BuildException if something of it isn't there any more
   */
  synchronized void retain() throws IOException {
    if (!retaining) {
      requireFound();
      retaining = true;
    }
  }

  private void requireFound() throws IOException {
    if (!store.layers().retain(found)) {
      throw new BuildException(
          "layers that were in the store when the build looked for them have been pruned since");
    }
  }

  /** Returns whether something that was found is not there any more. */
  synchronized boolean areGone() throws IOException {
    return !store.layers().retain(found);
  }
}
