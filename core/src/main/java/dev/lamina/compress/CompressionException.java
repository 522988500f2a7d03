// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.error.LaminaException;

/** What goes wrong with a compressed stream. */
public abstract sealed class CompressionException extends LaminaException
    permits CorruptDataException, DecompressionLimitException, UnavailableCompressionException {
  private final Compression compression;

  CompressionException(Compression compression, String message) {
    super(message);
    this.compression = compression;
  }

  CompressionException(Compression compression, String message, Throwable cause) {
    super(message, cause);
    this.compression = compression;
  }

  /** Returns the format of the stream. */
  public Compression compression() {
    return compression;
  }
}
