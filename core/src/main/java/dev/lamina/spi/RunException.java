// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.error.LaminaException;

/**
 * A process could not be started, or its root could not be made or read. A command that exits
 * non-zero is no exception.
 */
public class RunException extends LaminaException {
  private static final long serialVersionUID = 1L;

  public RunException(String message) {
    super(message);
  }

  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
