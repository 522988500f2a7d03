// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A content's bytes, whose digest is told once they were read to their end, so that they needn't be
 * read for that alone.
 */
final class DigestedInputStream extends FilterInputStream {
  /** Hears of a digest. */
  interface Listener {
    /** Takes the SHA-256 in hexadecimal. */
    void digested(String digest) throws IOException;
  }

  private final Listener digested;
  private final MessageDigest hasher = Digest.hasher("sha256");
  private long left;

  /**
   * Makes one.
   *
   * @param size the number of bytes
   * @param digested is told the digest; not at all if bytes are left out
   */
  DigestedInputStream(InputStream in, long size, Listener digested) {
    super(in);
    this.left = size;
    this.digested = digested;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    if (n > 0) {
      hasher.update(bytes, offset, n);
      left -= n;
      if (left == 0) {
        digested.digested(HexFormat.of().formatHex(hasher.digest()));
      }
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    return readNBytes((int) Math.min(n, 1 << 16)).length;
  }
}
