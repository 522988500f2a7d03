// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.util.Locale;

/** A compressed stream, or the memory it takes to read, grows past {@link DecompressionLimits}. */
public final class DecompressionLimitException extends CompressionException {
  DecompressionLimitException(
      Compression compression, DecompressionLimits limits, long produced, long consumed) {
    super(
        compression,
        String.format(
            Locale.ROOT,
            "%s stream: expected at most %d bytes and %d to 1 past %d bytes, found %d from %d;"
                + " raise DecompressionLimits if this is meant",
            compression.name().toLowerCase(Locale.ROOT),
            limits.maxBytes(),
            limits.maxRatio(),
            limits.ratioFreeBytes(),
            produced,
            consumed));
  }

  DecompressionLimitException(
      Compression compression, DecompressionLimits limits, Throwable cause) {
    super(
        compression,
        String.format(
            Locale.ROOT,
            "%s stream: expected to need at most %d bytes of memory, found that it needs more;"
                + " raise DecompressionLimits if this is meant",
            compression.name().toLowerCase(Locale.ROOT),
            limits.maxMemory()),
        cause);
  }
}
