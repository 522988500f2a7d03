// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

/**
 * A word cannot be expanded: its syntax is wrong, it asks for a variable that is not set, or it
 * grows too large. Or it could be, and what it became is not valid in its place.
 */
public final class ExpansionException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says {@code message}: what is wrong, naming the word. */
  public ExpansionException(String message) {
    super(message);
  }

  /** Returns what is wrong, naming the word. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
