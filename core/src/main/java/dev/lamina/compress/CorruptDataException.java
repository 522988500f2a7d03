// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.util.Locale;

/** A compressed stream is truncated, damaged, or followed by what doesn't belong to it. */
public final class CorruptDataException extends CompressionException {
  private final boolean behindEnd;

  CorruptDataException(Compression compression, String problem) {
    this(compression, problem, false);
  }

  private CorruptDataException(Compression compression, String problem, boolean behindEnd) {
    super(compression, name(compression) + ": " + problem);
    this.behindEnd = behindEnd;
  }

  CorruptDataException(Compression compression, Throwable cause) {
    super(
        compression, name(compression) + ": expected intact data, found " + describe(cause), cause);
    this.behindEnd = false;
  }

  static CorruptDataException behindEnd(Compression compression, String problem) {
    return new CorruptDataException(compression, problem, true);
  }

  /**
   * Returns whether all that came out is whole and intact, and only what follows doesn't belong to
   * the stream.
   */
  public boolean isBehindEnd() {
    return behindEnd;
  }

  private static String name(Compression compression) {
    return compression.name().toLowerCase(Locale.ROOT) + " stream";
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
