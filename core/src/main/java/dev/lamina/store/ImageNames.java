// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What the images of a store are called. Each change is atomic and durable, whoever else changes
 * names at the same time.
 *
 * <p>On disk this is {@code index.json}. A name stands there as Docker shows it in {@code
 * org.opencontainers.image.ref.name}, so that {@code skopeo inspect oci:FOLDER:debian:bookworm}
 * finds it, and in full in {@code io.containerd.image.name}.
 *
 * <p>Thread-safe.
 */
public final class ImageNames {
  ImageNames() {}

  /**
   * Gives an image a name, and takes it from the image that had it.
   *
   * @param reference a name with a tag
   * @param image a manifest's or an index's descriptor
   * @throws BlobNotFoundException if the manifest, or something it refers to, isn't in the store
   */
  public void tag(ImageReference reference, Descriptor image) throws IOException {
    Pending.run();
  }

  /** Takes a name away; false if there was none. The image stays until it is pruned. */
  public boolean untag(ImageReference reference) throws IOException {
    return Pending.get();
  }

  /** Returns what a name stands for. */
  public Optional<Descriptor> find(ImageReference reference) throws IOException {
    return Pending.get();
  }

  /** Returns all names, in their order, with what they stand for. */
  public Map<ImageReference, Descriptor> list() throws IOException {
    return Pending.get();
  }
}
