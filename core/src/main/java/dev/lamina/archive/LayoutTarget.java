// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.util.List;

/** A layout being written: a folder or a tar. */
interface LayoutTarget {
  /** Writes a blob, unless it is there. */
  void putBlob(Digest digest, Content content) throws IOException;

  /** Writes the index, which makes the images visible. */
  void putIndex(List<Descriptor> images) throws IOException;
}
