// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.error.LaminaException;

/**
 * An instruction that can't be carried out. The message says what is wrong with it; the build adds
 * where it stands.
 */
public class StepException extends LaminaException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message. */
  public StepException(String message) {
    super(message);
  }

  /** Makes an exception with a message and what caused it. */
  public StepException(String message, Throwable cause) {
    super(message, cause);
  }
}
