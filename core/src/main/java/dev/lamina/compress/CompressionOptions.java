// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.deflate.DeflateEncoder;

/**
 * How to compress: everything that decides the bytes, and nothing else. Two equal options give the
 * same bytes for the same input on every machine, with the two exceptions named below.
 */
public sealed interface CompressionOptions {
  /** Gzip by Lamina's own encoder at its default level. */
  CompressionOptions DEFAULT = new Gzip(GzipLevel.DEFAULT);

  /** Bytes as they are. */
  static CompressionOptions none() {
    return new None();
  }

  /** Gzip by Lamina's own encoder: the same bytes on every JDK and machine. */
  static CompressionOptions gzip(GzipLevel level) {
    return new Gzip(level);
  }

  /**
   * Gzip by the JDK's {@link java.util.zip.Deflater}. The bytes depend on the zlib that the JDK
   * comes with.
   *
   * @param level 0 to 9
   */
  static CompressionOptions jdkGzip(int level) {
    return new JdkGzip(level);
  }

  /**
   * Zstandard; needs zstd-jni. The bytes depend on its version.
   *
   * @param level 1 to 22
   */
  static CompressionOptions zstd(int level) {
    return new Zstd(level);
  }

  /** Returns the format. */
  Compression compression();

  /** Bytes as they are. */
  record None() implements CompressionOptions {
    @Override
    public Compression compression() {
      return Compression.NONE;
    }
  }

  /** Gzip by Lamina's own encoder. */
  record Gzip(GzipLevel level) implements CompressionOptions {
    /**
     * Returns which encoder this is: the same name and options give the same bytes; another version
     * of Lamina may have an encoder of another name.
     */
    public static String encoder() {
      return "lamina-deflate-" + DeflateEncoder.VERSION;
    }

    @Override
    public Compression compression() {
      return Compression.GZIP;
    }
  }

  /** Gzip by the JDK's Deflater. */
  record JdkGzip(int level) implements CompressionOptions {
    /** Checks the level. */
    public JdkGzip {
      if (level < 0 || level > 9) {
        throw new IllegalArgumentException("gzip level: expected 0 to 9, found " + level);
      }
    }

    @Override
    public Compression compression() {
      return Compression.GZIP;
    }
  }

  /** Zstandard. */
  record Zstd(int level) implements CompressionOptions {
    /** Checks the level. */
    public Zstd {
      if (level < 1 || level > 22) {
        throw new IllegalArgumentException("zstd level: expected 1 to 22, found " + level);
      }
    }

    @Override
    public Compression compression() {
      return Compression.ZSTD;
    }
  }
}
