// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** The only class that touches org.tukaani:xz, so that everything else loads without it. */
final class XzCodec {
  /** Decodes all streams; one that needs more than {@code maxMemory} is refused. */
  static InputStream decoder(InputStream in, long maxMemory) throws IOException {
    try {
      return Streams.decoder(in, (int) Math.min(maxMemory >> 10, Integer.MAX_VALUE));
    } catch (LinkageError e) {
      throw new UnavailableCompressionException(
          Compression.XZ, "org.tukaani:xz", "org.tukaani.xz", e);
    }
  }

  /** Tells whether a decoder of this class gave up as it needs more memory. */
  static boolean needsMemory(Exception failure) {
    return Streams.needsMemory(failure);
  }

  private XzCodec() {}

  /** Can't even be verified without the library: that must fail within a try. */
  private static final class Streams {
    static InputStream decoder(InputStream in, int kibibytes) throws IOException {
      return new XZInputStream(in, kibibytes);
    }

    static boolean needsMemory(Exception failure) {
      return failure instanceof MemoryLimitException;
    }
  }
}
