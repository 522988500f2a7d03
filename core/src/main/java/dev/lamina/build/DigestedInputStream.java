// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;

/**
 * A content's bytes, whose digest is told once they were read to their end, so that they needn't be
 * read for that alone.
 */
final class DigestedInputStream extends DigestInputStream {
  /** Hears of a digest. */
  interface Listener {
    /** Takes the SHA-256 in hexadecimal. */
    void digested(String digest) throws IOException;
  }

  private final Listener digested;
  private long left;

  /**
   * Makes one.
   *
   * @param size the number of bytes
   * @param digested is told the digest; not at all if bytes are left out
   */
  DigestedInputStream(InputStream in, long size, Listener digested) {
    super(in, Digest.hasher("sha256"));
    this.left = size;
    this.digested = digested;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    count(n);
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    return readNBytes((int) Math.min(n, 1 << 16)).length;
  }

  private void count(int bytes) throws IOException {
    if (bytes > 0) {
      left -= bytes;
      if (left == 0) {
        digested.digested(HexFormat.of().formatHex(getMessageDigest().digest()));
      }
    }
  }
}
