// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.util.Locale;

/** The library that reads or writes a format isn't there, or doesn't work on this machine. */
public final class UnavailableCompressionException extends CompressionException {
  UnavailableCompressionException(
      Compression compression, String artifact, String module, Throwable cause) {
    super(
        compression,
        String.format(
            Locale.ROOT,
            "%s: expected %s on the class path (of modules, --add-modules %s), found %s",
            compression.name().toLowerCase(Locale.ROOT),
            artifact,
            module,
            cause instanceof NoClassDefFoundError ? "none" : cause.toString()),
        cause);
  }
}
