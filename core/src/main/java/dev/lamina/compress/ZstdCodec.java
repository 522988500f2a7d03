// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The only class that touches zstd-jni, so that everything else loads without it. */
final class ZstdCodec {
  private static final String ARTIFACT = "com.github.luben:zstd-jni";

  /** The largest window zstd-jni takes. */
  private static final int MAX_WINDOW_LOG = 30;

  /** Decodes all frames; a window above {@code maxMemory} is refused. */
  static InputStream decoder(InputStream in, long maxMemory) throws IOException {
    int windowLog = 63 - Long.numberOfLeadingZeros(maxMemory);
    try {
      return new ZstdInputStreamNoFinalizer(in).setLongMax(Math.min(windowLog, MAX_WINDOW_LOG));
    } catch (LinkageError e) {
      throw new UnavailableCompressionException(Compression.ZSTD, ARTIFACT, e);
    }
  }

  /** Encodes one frame with a checksum at the end. */
  static OutputStream encoder(OutputStream out, int level) throws IOException {
    try {
      return new ZstdOutputStreamNoFinalizer(out, level).setChecksum(true);
    } catch (LinkageError e) {
      throw new UnavailableCompressionException(Compression.ZSTD, ARTIFACT, e);
    }
  }

  private ZstdCodec() {}
}
