// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fs.Content;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.annotation.Nullable;

/**
 * A content that tells its digest once somebody has read it from its start to its end, so that it
 * needn't be read for that alone. For one reader.
 */
final class DigestedContent implements Content {
  /** Hears of a digest. */
  interface Listener {
    /** Takes the SHA-256 in hexadecimal. */
    void digested(String digest) throws IOException;
  }

  private final Content content;
  private final Listener digested;
  private @Nullable MessageDigest hasher;
  private long done;

  /**
   * Makes one.
   *
   * @param digested is told the digest; not at all if bytes are left out
   */
  DigestedContent(Content content, Listener digested) {
    this.content = content;
    this.digested = digested;
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    ByteBuffer read = dst.duplicate();
    int n = content.read(position, dst);
    if (n > 0 && position == done) {
      update(read.limit(read.position() + n));
      done += n;
    }
    return n;
  }

  private void update(ByteBuffer bytes) throws IOException {
    MessageDigest open = hasher;
    if (open == null) {
      open = Digest.hasher("sha256");
      hasher = open;
    }
    boolean last = done + bytes.remaining() == size();
    open.update(bytes);
    if (last) {
      digested.digested(HexFormat.of().formatHex(open.digest()));
      hasher = null;
    }
  }
}
