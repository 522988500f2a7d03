// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import dev.lamina.error.LaminaException;

/**
 * Thrown for a document or an archive that is not an image as the specification has it: broken
 * JSON, a missing field, a media type that says one thing and contents that say another.
 */
public final class InvalidImageException extends LaminaException {
  /** Makes an exception with a message. */
  public InvalidImageException(String message) {
    super(message);
  }

  /** Makes an exception with a message and what caused it. */
  public InvalidImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
