// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.expand.Variables;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a stage while it is planned: those of ENV and ARG, in the order a process gets
 * them, and the arguments declared. A stage built from another starts with a copy.
 */
final class VariableScope {
  private final Map<String, String> variables;
  private final Map<String, Optional<String>> arguments;

  private VariableScope(Map<String, String> variables, Map<String, Optional<String>> arguments) {
    this.variables = new LinkedHashMap<>(variables);
    this.arguments = new LinkedHashMap<>(arguments);
  }

  static VariableScope empty() {
    return new VariableScope(Map.of(), Map.of());
  }

  VariableScope copy() {
    return new VariableScope(variables, arguments);
  }

  /** Sets a variable; one that is set again moves to the end. */
  void set(String name, String value) {
    variables.remove(name);
    variables.put(name, value);
  }

  /** Declares an argument; one that is declared again stays where it was. */
  void declare(String name, Optional<String> value) {
    arguments.put(name, value);
  }

  Map<String, String> variables() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  Map<String, Optional<String>> arguments() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  /** Returns the variables as they are at the time of each look-up. */
  Variables lookup() {
    return name -> Optional.ofNullable(variables.get(name));
  }
}
