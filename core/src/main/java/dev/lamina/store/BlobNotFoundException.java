// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.error.LaminaException;
import dev.lamina.oci.Digest;

/** Thrown when a store doesn't hold a blob or layer that something in it refers to. */
public final class BlobNotFoundException extends LaminaException {
  private final Digest digest;

  BlobNotFoundException(String what, Digest digest) {
    this(what, digest, "");
  }

  BlobNotFoundException(String what, Digest digest, String reason) {
    super(what + " " + digest + ": expected in the store, found nothing" + reason);
    this.digest = digest;
  }

  /** Returns the digest of what is missing. */
  public Digest digest() {
    return digest;
  }
}
