// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.util.Locale;

/** A compressed stream is truncated, damaged, or followed by what doesn't belong to it. */
public final class CorruptDataException extends CompressionException {
  CorruptDataException(Compression compression, String problem) {
    super(compression, name(compression) + ": " + problem);
  }

  CorruptDataException(Compression compression, Throwable cause) {
    super(
        compression, name(compression) + ": expected intact data, found " + describe(cause), cause);
  }

  private static String name(Compression compression) {
    return compression.name().toLowerCase(Locale.ROOT) + " stream";
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
