// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Digests what passes. */
final class DigestingOutputStream extends OutputStream {
  private final OutputStream out;
  private final MessageDigest sha256;

  DigestingOutputStream(OutputStream out) {
    this.out = out;
    this.sha256 = Digest.hasher("sha256");
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    sha256.update(bytes, offset, length);
    out.write(bytes, offset, length);
  }

  /** Returns the digest of all that was written; can be asked once. */
  Digest digest() {
    return Digest.of(sha256.digest());
  }
}
