// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.WordExpander;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The arguments above all stages, and what words are with them. */
final class GlobalScope {

  private final WordExpander words;
  private final Map<String, String> values = new LinkedHashMap<>(PredefinedArguments.VALUES);
  private final Map<String, Outline.Argument> arguments = new LinkedHashMap<>();
  private final Map<String, Set<String>> sources = new LinkedHashMap<>();

  /**
   * Reads the arguments of a file.
   *
   * @param given values that win over the file's
   */
  GlobalScope(Dockerfile file, Map<String, String> given) {
    this.words = WordExpander.withEscape(file.escape());
    values.replaceAll((name, value) -> given.getOrDefault(name, value));
    for (Statement statement : file.globalArgs()) {
      if (statement.instruction() instanceof Arg arg) {
        arg.arguments().forEach(definition -> declare(statement, definition, given));
      }
    }
  }

  private void declare(Statement statement, ArgDefinition definition, Map<String, String> given) {
    String name = definition.name();
    Set<String> used = new HashSet<>();
    Optional<String> value =
        Optional.ofNullable(given.get(name))
            .or(() -> definition.defaultValue().map(word -> expand(word, values::get, used)));
    value.ifPresent(text -> values.put(name, text));
    if (used.remove(name)) {
      used.addAll(sources.getOrDefault(name, Set.of()));
    }
    sources.put(name, used);
    arguments.put(name, Outline.Argument.of(statement, name, value));
  }

  /** Expands a word; one that cannot be expanded stays as it is: there is no build to fail. */
  String expand(String word, Function<String, String> variables, Set<String> used) {
    try {
      WordExpander.Expanded expanded =
          words.process(word, name -> Optional.ofNullable(variables.apply(name)));
      used.addAll(expanded.used());
      return expanded.text();
    } catch (ExpansionException e) {
      return word;
    }
  }

  /** Returns a word of a FROM, expanded. */
  String expand(String word, Set<String> used) {
    return expand(word, values::get, used);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Returns an argument that the file declares above all stages. */
  Optional<Outline.Argument> argument(String name) {
    return Optional.ofNullable(arguments.get(name));
  }

  /** Returns the arguments that the default of one is made of. */
  Set<String> sources(String name) {
    return sources.getOrDefault(name, Set.of());
  }
}
