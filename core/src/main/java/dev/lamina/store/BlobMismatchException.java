// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.error.LaminaException;
import dev.lamina.oci.Digest;

/** Thrown when bytes are not those that their digest or their size names. */
public final class BlobMismatchException extends LaminaException {
  private BlobMismatchException(String message) {
    super(message);
  }

  public static BlobMismatchException digest(String what, Digest expected, Digest found) {
    return new BlobMismatchException(what + ": expected digest " + expected + ", found " + found);
  }

  public static BlobMismatchException size(String what, long expected, long found) {
    return new BlobMismatchException(what + ": expected " + expected + " bytes, found " + found);
  }

  public static BlobMismatchException sizeAtLeast(String what, long expected, long found) {
    return new BlobMismatchException(
        what + ": expected " + expected + " bytes, found at least " + found);
  }
}
