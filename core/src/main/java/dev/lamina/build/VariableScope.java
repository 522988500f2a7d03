// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.Expose;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.expand.WordExpander;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.EnvVariable;
import dev.lamina.spi.StepException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Sets the variables that a configuration has. */
  void setAll(ContainerConfig config) {
    for (EnvVariable variable : EnvVariable.parseAll(config.env())) {
      set(variable.name(), variable.value());
    }
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

  /** Returns a word with its variables replaced. */
  String expand(String word, WordExpander expander) throws StepException {
    try {
      return expander.expand(word, lookup());
    } catch (ExpansionException e) {
      throw new StepException(e.problem(), e);
    }
  }

  /** Returns what a word stands for once its variables are replaced: any number of words. */
  List<String> split(String word, WordExpander expander) throws StepException {
    try {
      return expander.split(word, lookup());
    } catch (ExpansionException e) {
      throw new StepException(e.problem(), e);
    }
  }

  /**
   * Returns an instruction with its variables replaced. ARG does that itself, one argument after
   * the other; so does EXPOSE, whose words are in order before that.
   */
  Instruction expand(Instruction instruction, char escape) throws StepException {
    if (instruction instanceof Arg || instruction instanceof Expose) {
      return instruction;
    }
    try {
      return instruction.expand(lookup(), escape).instruction();
    } catch (ExpansionException e) {
      throw new StepException(e.problem(), e);
    }
  }
}
