// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The only class that touches zstd-jni, so that everything else loads without it. */
final class ZstdCodec {
  /** The largest window zstd-jni takes. */
  private static final int MAX_WINDOW_LOG = 30;

  /** Decodes all frames; a window above {@code maxMemory} is refused. */
  static InputStream decoder(InputStream in, long maxMemory) throws IOException {
    int windowLog = 63 - Long.numberOfLeadingZeros(maxMemory);
    try {
      return Streams.decoder(in, Math.min(windowLog, MAX_WINDOW_LOG));
    } catch (LinkageError e) {
      throw unavailable(e);
    }
  }

  /** Encodes one frame with a checksum at the end. */
  static OutputStream encoder(OutputStream out, int level) throws IOException {
    try {
      return Streams.encoder(out, level);
    } catch (LinkageError e) {
      throw unavailable(e);
    }
  }

  private static UnavailableCompressionException unavailable(LinkageError cause) {
    return new UnavailableCompressionException(
        Compression.ZSTD, "com.github.luben:zstd-jni", "com.github.luben.zstd_jni", cause);
  }

  /** Tells whether a decoder of this class gave up as it needs more memory. */
  static boolean needsMemory(Exception failure) {
    return Streams.needsMemory(failure);
  }

  private ZstdCodec() {}

  /** Can't even be verified without the library: that must fail within a try. */
  private static final class Streams {
    static InputStream decoder(InputStream in, int windowLog) throws IOException {
      return new ZstdInputStreamNoFinalizer(in).setLongMax(windowLog);
    }

    static boolean needsMemory(Exception failure) {
      return failure instanceof ZstdIOException zstd
          && zstd.getErrorCode() == Zstd.errFrameParameterWindowTooLarge();
    }

    static OutputStream encoder(OutputStream out, int level) throws IOException {
      return new ZstdOutputStreamNoFinalizer(out, level).setChecksum(true);
    }
  }
}
