// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.error.LaminaException;
import java.util.List;

/**
 * Thrown when a registry says no, can't be reached, or answers what no registry should. The message
 * names request and host; of the URL's query only harmless parameters are shown.
 */
@SuppressWarnings("serial") // lists of strings
public final class RegistryException extends LaminaException {
  private final int status;
  private final List<String> codes;

  RegistryException(String message) {
    this(message, 0, List.of());
  }

  RegistryException(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
    this.codes = List.of();
  }

  RegistryException(String message, int status, List<String> codes) {
    super(message);
    this.status = status;
    this.codes = List.copyOf(codes);
  }

  /** Returns the HTTP status the registry answered with, 0 if it is not about an answer. */
  public int status() {
    return status;
  }

  /** Returns the registry's own error codes, such as {@code MANIFEST_UNKNOWN}; may be empty. */
  public List<String> codes() {
    return codes;
  }

  /** Returns whether what was asked for is not there. */
  public boolean isNotFound() {
    return status == 404;
  }

  /** Returns whether credentials are missing or don't suffice. */
  public boolean isUnauthorized() {
    return status == 401 || status == 403;
  }
}
