// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.ArgDefinition;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.expand.WordExpander;
import dev.lamina.oci.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The arguments before the first stage: those every build has, then those ARG declares there. */
final class GlobalArguments {
  private final Map<String, String> given;
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Starts with the arguments every build has.
   *
   * @param given what the caller gave, which wins
   * @param build the platform the build runs on
   * @param target the platform it builds for
   * @param stage the name of the stage it builds, or {@code ""}
   */
  GlobalArguments(Map<String, String> given, Platform build, Platform target, String stage) {
    this.given = given;
    addPlatform("BUILD", build);
    addPlatform("TARGET", target);
    add("TARGETSTAGE", stage.isEmpty() ? "default" : stage);
  }

  private void addPlatform(String prefix, Platform platform) {
    add(prefix + "PLATFORM", platform.toString());
    add(prefix + "OS", platform.os());
    add(prefix + "OSVERSION", platform.osVersion().orElse(""));
    add(prefix + "ARCH", platform.architecture());
    add(prefix + "VARIANT", platform.variant().orElse(""));
  }

  private void add(String name, String value) {
    values.put(name, given.getOrDefault(name, value));
  }

  /** Adds what an ARG before the first stage declares. */
  void declare(Arg arg, WordExpander expander) throws ExpansionException {
    for (ArgDefinition argument : arg.arguments()) {
      String name = argument.name();
      if (given.containsKey(name)) {
        values.put(name, given.get(name));
      } else if (argument.defaultValue().isPresent()) {
        values.put(name, expander.expand(argument.defaultValue().get(), lookup()));
      }
    }
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  void forEach(BiConsumer<String, String> action) {
    values.forEach(action);
  }

  Variables lookup() {
    return this::value;
  }
}
