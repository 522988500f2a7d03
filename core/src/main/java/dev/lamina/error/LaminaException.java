// SPDX-License-Identifier: Apache-2.0
package dev.lamina.error;

import java.io.IOException;

/**
 * The root of what Lamina throws when input, a store, a registry or an engine is not as it should
 * be. A subclass exists where a caller would branch on it; the message names the thing, what was
 * expected and what was found.
 */
public class LaminaException extends IOException {
  /** Makes an exception with a message. */
  public LaminaException(String message) {
    super(message);
  }

  /** Makes an exception with a message and what caused it. */
  public LaminaException(String message, Throwable cause) {
    super(message, cause);
  }
}
