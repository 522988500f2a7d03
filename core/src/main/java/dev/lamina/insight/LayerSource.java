// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Changes;
import dev.lamina.oci.Digest;
import java.io.IOException;

/** A layer, as far as it is looked into here. */
interface LayerSource {
  /** Returns the digest of the uncompressed layer. */
  Digest diffId();

  /** Returns the size of the uncompressed layer in bytes. */
  long size();

  /** Returns what the layer changes. */
  Changes changes() throws IOException;
}
