// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.Optional;

/**
 * A build argument that ARG declares, before expansion.
 *
 * @param name the argument's name
 * @param defaultValue the text after {@code =}, which may be empty
 */
public record ArgDefinition(String name, Optional<String> defaultValue) {

  /** Returns an argument without a default. */
  public static ArgDefinition of(String name) {
    return new ArgDefinition(name, Optional.empty());
  }

  /** Returns an argument with a default. */
  public static ArgDefinition of(String name, String defaultValue) {
    return new ArgDefinition(name, Optional.of(defaultValue));
  }
}
