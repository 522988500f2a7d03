// SPDX-License-Identifier: Apache-2.0
package dev.lamina.json;

import dev.lamina.error.LaminaException;

/**
 * Thrown for text that is not JSON, is too large or too deep, or holds another type than expected.
 */
public final class InvalidJsonException extends LaminaException {
  InvalidJsonException(String message) {
    super(message);
  }

  InvalidJsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
