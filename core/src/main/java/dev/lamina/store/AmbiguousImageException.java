// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.error.LaminaException;

/** Thrown when several images have an ID that begins as the one looked for. */
public final class AmbiguousImageException extends LaminaException {
  AmbiguousImageException(String prefix, int found) {
    super("image ID " + prefix + ": expected the beginning of one, found that of " + found);
  }
}
