// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/** Where the parts of an image come from. Nothing it gives is trusted. */
public interface BlobSource {
  /** Opens a blob; several may be open at once, in several threads. */
  InputStream open(Descriptor blob) throws IOException;

  /** Opens a manifest, an index, or what else an index names. */
  default InputStream openManifest(Descriptor manifest) throws IOException {
    return open(manifest);
  }

  /**
   * Returns whether a manifest that an index names is there; an index may name some that aren't.
   */
  boolean has(Descriptor manifest) throws IOException;

  /**
   * Returns whether a blob is there. Asked of layers that must not be distributed: they may be left
   * out of a registry or an archive, and are not looked for where their URLs point.
   */
  boolean hasBlob(Descriptor blob) throws IOException;
}
