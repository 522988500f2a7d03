// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.oci.Digest;
import dev.lamina.stream.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * Digests, counts and copies what is read. Closing it closes nothing: that is for who opened the
 * streams.
 */
final class SummedInputStream extends BlockInputStream {
  private final InputStream in;
  private final String algorithm;
  private final MessageDigest hasher;
  private final Optional<OutputStream> copy;
  private final long limit;
  private long size;
  private @Nullable Digest digest;

  /**
   * Reads at most {@code limit} bytes and one more: who asks for the size then sees that there are
   * too many.
   */
  SummedInputStream(InputStream in, String algorithm, Optional<OutputStream> copy, long limit) {
    this.in = in;
    this.algorithm = algorithm;
    this.hasher = Digest.hasher(algorithm);
    this.copy = copy;
    this.limit = limit;
  }

  /** Returns by which algorithm it digests. */
  String algorithm() {
    return algorithm;
  }

  long size() {
    return size;
  }

  /** Returns the digest of what was read; nothing may be read after that. */
  Digest digest() {
    if (digest == null) {
      digest = Digest.of(hasher.digest());
    }
    return digest;
  }

  /** Reads what is left. */
  void drain() throws IOException {
    byte[] chunk = new byte[64 << 10];
    while (read(chunk, 0, chunk.length) >= 0) {
      // the sums are what it is read for
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (size > limit) {
      return -1;
    }
    int n = in.read(target, offset, length);
    if (n > 0) {
      hasher.update(target, offset, n);
      size += n;
      if (copy.isPresent()) {
        copy.get().write(target, offset, n);
      }
    }
    return n;
  }

  /** In larger blocks than the JDK's. */
  @Override
  public long skip(long n) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(Math.max(n, 0), 8 << 10)]));
  }
}
