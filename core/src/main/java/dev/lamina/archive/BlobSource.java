// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/** Where the blobs of an image come from. Nothing it gives is trusted. */
public interface BlobSource {
  /** Opens a blob; several may be open at once, in several threads. */
  InputStream open(Descriptor blob) throws IOException;

  /**
   * Returns whether a manifest that an index names is there; an index may name some that aren't.
   */
  boolean has(Descriptor manifest) throws IOException;
}
