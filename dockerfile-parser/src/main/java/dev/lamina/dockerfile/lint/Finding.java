// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.SourceRange;
import java.util.Optional;

/**
 * What a rule found.
 *
 * @param rule the rule's name
 * @param description what the rule asks for, in general
 * @param url where the rule is described
 * @param severity how bad it is
 * @param message what is wrong here; Docker's words for Docker's rules
 * @param range the instruction that is wrong
 */
public record Finding(
    String rule,
    String description,
    Optional<String> url,
    Severity severity,
    String message,
    SourceRange range) {

  /** Returns the line, from 1. */
  public int line() {
    return range.startLine();
  }

  /** Returns the finding as Docker lists it: {@code Rule: message (line 3)}. */
  @Override
  public String toString() {
    return rule + ": " + message + " (line " + line() + ")";
  }
}
