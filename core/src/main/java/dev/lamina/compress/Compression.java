// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.IOException;
import java.io.InputStream;

/**
 * A format in which a stream of bytes may be compressed, recognised by its first bytes and never by
 * a name or media type.
 *
 * <pre>{@code
 * Compression compression = Compression.detect(firstBytes);
 * try (InputStream tar = compression.decompress(blob)) { ... }
 * }</pre>
 *
 * <p>{@link #GZIP} needs the JDK only and {@link #BZIP2} commons-compress; {@link #ZSTD} needs the
 * optional {@code com.github.luben:zstd-jni} and {@link #XZ} the optional {@code org.tukaani:xz}.
 */
public enum Compression {
  /** Bytes as they are. */
  NONE,
  /** <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>. */
  GZIP,
  /** <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>. */
  ZSTD,
  /** bzip2. */
  BZIP2,
  /** xz. */
  XZ;

  /**
   * How many first bytes of a stream {@link #detect(byte[])} wants to see, if there are as many.
   */
  public static final int DETECTION_LENGTH = 10;

  /**
   * Returns the format that a stream with these first bytes is in; {@link #NONE} if it is none of
   * the others.
   *
   * @param head the first {@link #DETECTION_LENGTH} bytes of the stream, or all of them if it is
   *     shorter
   */
  public static Compression detect(byte[] head) {
    if (Magic.isGzip(head)) {
      return GZIP;
    }
    if (Magic.isZstd(head)) {
      return ZSTD;
    }
    if (Magic.isBzip2(head)) {
      return BZIP2;
    }
    return Magic.isXz(head) ? XZ : NONE;
  }

  /**
   * Returns the decompressed bytes of a stream whose format is found by its first bytes; an
   * uncompressed stream comes back as it is. Closing the result closes {@code in}, as does an
   * exception from here.
   *
   * @throws UnavailableCompressionException if the library for the format isn't there
   */
  public static InputStream decompressDetected(InputStream in, DecompressionLimits limits)
      throws IOException {
    PeekedInputStream peeked = PeekedInputStream.open(in, DETECTION_LENGTH);
    return detect(peeked.head()).decompress(peeked, limits);
  }

  /**
   * Does as {@link #decompress(InputStream, DecompressionLimits)} with {@link
   * DecompressionLimits#DEFAULT}.
   */
  public InputStream decompress(InputStream in) throws IOException {
    return decompress(in, DecompressionLimits.DEFAULT);
  }

  /**
   * Returns the decompressed bytes of {@code in}, read to its very end: all members or frames one
   * after another, as {@code gzip -d} and containerd read them. Whatever follows the last of them
   * is an error, as the digest of a blob covers it.
   *
   * <p>The result reads ahead in {@code in} and is not thread-safe. Closing it closes {@code in},
   * as does an exception from here. An exception thrown by {@code in} itself comes out as it is.
   * {@link #NONE} gives {@code in} itself: nothing expands.
   *
   * <p>Reading the result throws {@link CorruptDataException} if the data is truncated, damaged or
   * followed by something else, and {@link DecompressionLimitException} past the limits.
   *
   * @throws UnavailableCompressionException if the library for this format isn't there
   * @throws CorruptDataException if the stream does not begin as this format does
   */
  public InputStream decompress(InputStream in, DecompressionLimits limits) throws IOException {
    return this == NONE ? in : DecompressedInputStream.open(this, in, limits);
  }
}
