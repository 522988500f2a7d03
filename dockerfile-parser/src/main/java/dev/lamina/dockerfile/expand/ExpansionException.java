// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

import java.util.List;

/**
 * A word cannot be expanded: its syntax is wrong, it asks for a variable that is not set, or it
 * grows too large. Or it could be, and what it became is not valid in its place.
 */
public final class ExpansionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> unset;

  /** Says {@code message}: what is wrong, naming the word. */
  public ExpansionException(String message) {
    this(message, List.of());
  }

  private ExpansionException(String message, List<String> unset) {
    super(message);
    this.unset = List.copyOf(unset);
  }

  /** Returns this with the variables that were found not to be set before. */
  public ExpansionException after(List<String> unsetVariables) {
    return new ExpansionException(problem(), unsetVariables);
  }

  /**
   * Returns the names of variables that were looked up and are not set, in the words of the same
   * instruction that were expanded before it went wrong.
   */
  public List<String> unset() {
    return unset;
  }

  /** Returns what is wrong, naming the word. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
