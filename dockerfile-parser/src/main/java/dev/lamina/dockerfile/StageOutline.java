// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;

/** What one stage uses by itself, while {@link OutlineBuilder} reads it. */
final class StageOutline {

  private final Stage stage;
  private final Optional<StageOutline> base;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Outline.Argument> arguments = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final Map<String, Outline.Secret> secrets = new LinkedHashMap<>();
  private final Map<String, Outline.SshAgent> agents = new LinkedHashMap<>();

  StageOutline(Stage stage, Optional<StageOutline> base) {
    this.stage = stage;
    this.base = base;
  }

  Stage stage() {
    return stage;
  }

  Optional<StageOutline> base() {
    return base;
  }

  /** Returns the value of a variable at the end of what was read, or null. */
  @Nullable
  String variableOrNull(String name) {
    for (StageOutline at = this; at != null; at = at.base.orElse(null)) {
      String value = at.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  void set(String name, String value) {
    variables.put(name, value);
  }

  void use(Outline.Argument argument) {
    arguments.put(argument.name(), argument);
    used.add(argument.name());
  }

  /** Notes an argument that is declared above all stages. */
  void useGlobal(String name) {
    used.add(name);
  }

  void use(Outline.Secret secret) {
    secrets.putIfAbsent(secret.id(), secret);
  }

  void use(Outline.SshAgent agent) {
    agents.putIfAbsent(agent.id(), agent);
  }

  /** Returns the names of arguments that are used. */
  Set<String> used() {
    return used;
  }

  /** Returns the arguments that the stage declares itself. */
  Map<String, Outline.Argument> arguments() {
    return arguments;
  }

  Map<String, Outline.Secret> secrets() {
    return secrets;
  }

  Map<String, Outline.SshAgent> agents() {
    return agents;
  }
}
