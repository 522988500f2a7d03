// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.util.Locale;

/** A compressed stream grows past its {@link DecompressionLimits}. */
public final class DecompressionLimitException extends CompressionException {
  DecompressionLimitException(
      Compression compression, DecompressionLimits limits, long produced, long consumed) {
    super(
        compression,
        String.format(
            Locale.ROOT,
            "%s stream: expected at most %d bytes and %d to 1 past %d bytes, found %d from %d; raise"
                + " DecompressionLimits if this is meant",
            compression.name().toLowerCase(Locale.ROOT),
            limits.maxBytes(),
            limits.maxRatio(),
            limits.ratioFreeBytes(),
            produced,
            consumed));
  }
}
