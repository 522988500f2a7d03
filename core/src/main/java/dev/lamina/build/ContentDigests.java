// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fs.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Digests contents. */
final class ContentDigests {
  private static final int CHUNK = 64 * 1024;

  String of(Content content) throws IOException, InterruptedException {
    MessageDigest digest = Hashes.sha256();
    byte[] chunk = new byte[(int) Math.max(1, Math.min(CHUNK, content.size()))];
    try (InputStream in = content.newInputStream()) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    return Hashes.hex(digest.digest());
  }
}
