// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fetch;

import dev.lamina.error.LaminaException;

/** Something from elsewhere that could not be had. The message names it and the answer. */
public final class FetchException extends LaminaException {
  private static final long serialVersionUID = 1;

  FetchException(String message) {
    super(message);
  }

  FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
