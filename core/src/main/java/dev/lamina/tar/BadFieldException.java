// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

/**
 * Thrown where a field is found bad, before it is known whose field it is: the reader adds the
 * entry.
 */
final class BadFieldException extends Exception {
  private static final long serialVersionUID = 1;

  BadFieldException(String problem) {
    super(problem, null, false, false);
  }

  BadFieldException(String field, String expected, String found) {
    this(field + ": expected " + expected + ", found " + found);
  }

  /** The problem in words, for {@link TarFormatException}. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
