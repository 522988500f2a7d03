// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.Optional;

/**
 * A parser directive at the head of a Dockerfile, such as {@code # escape=`}.
 *
 * @param name {@code syntax}, {@code escape} or {@code check}
 * @param value what stands after the equals sign, trimmed
 * @param range where the comment stands
 */
public record Directive(String name, String value, SourceRange range) {

  /**
   * Finds a directive without reading the rest of a file: after a {@code #!} line, and with spaces
   * only after the {@code #}. This is where BuildKit looks for {@code check}.
   *
   * @param name {@code syntax}, {@code escape} or {@code check}
   */
  public static Optional<Directive> detect(String name, String text) {
    return DirectiveDetector.find(name, text, "#");
  }

  /**
   * Finds which frontend a file asks for, whatever language the file is in: {@code # syntax=},
   * {@code // syntax=} or a JSON object with a {@code "syntax"}, after a {@code #!} line if there
   * is one. BuildKit takes the value up to the first space as the frontend's image.
   *
   * @return the directive; for JSON its range is the first line
   */
  public static Optional<Directive> detectSyntax(String text) {
    return DirectiveDetector.findInAnyForm("syntax", text);
  }
}
