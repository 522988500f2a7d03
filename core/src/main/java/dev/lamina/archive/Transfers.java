// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.oci.Descriptor;
import dev.lamina.store.BlobMismatchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copying of blobs that may be longer than they should be. */
final class Transfers {
  private Transfers() {}

  /**
   * Copies a blob.
   *
   * @throws BlobMismatchException as soon as there is more than the descriptor says
   */
  static void copy(InputStream in, OutputStream out, Descriptor blob) throws IOException {
    byte[] buffer = new byte[128 << 10];
    long size = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      size += n;
      if (size > blob.size()) {
        throw BlobMismatchException.size("blob " + blob.digest(), blob.size(), size);
      }
      out.write(buffer, 0, n);
    }
  }
}
