// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import java.util.List;

/**
 * An image, or an index of images, on its way into a store or out of it.
 *
 * @param image its manifest's or index's descriptor
 * @param names what it is called; may be empty
 */
public record NamedImage(Descriptor image, List<ImageReference> names) {
  /** Copies the names. */
  public NamedImage {
    names = List.copyOf(names);
  }
}
