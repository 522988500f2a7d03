// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Takes the size and SHA-256 of what is written through it. */
final class SummedOutputStream extends OutputStream {
  private final OutputStream out;
  private final MessageDigest digest = Digest.hasher("sha256");
  private long size;

  SummedOutputStream(OutputStream out) {
    this.out = out;
  }

  /** Returns the sum of all that was written; nothing may be written afterwards. */
  StreamSum sum() {
    return new StreamSum(HexFormat.of().formatHex(digest.digest()), size);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    digest.update(buffer, offset, length);
    size += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
