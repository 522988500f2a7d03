// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.expand.WordExpander;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds out what a target uses, through all stages it needs. */
final class OutlineBuilder {

  private final Dockerfile file;
  private final WordExpander words;
  private final Map<String, String> globals = new LinkedHashMap<>(PredefinedArguments.VALUES);
  private final Map<String, Outline.Argument> globalArguments = new LinkedHashMap<>();
  private final Map<String, Set<String>> sources = new LinkedHashMap<>();
  private final Map<String, StageOutline> byName = new HashMap<>();
  private final List<StageOutline> stages = new ArrayList<>();

  OutlineBuilder(Dockerfile file) {
    this.file = file;
    this.words = WordExpander.withEscape(file.escape());
    file.globalArgs().forEach(this::readGlobal);
    file.stages().forEach(stage -> stages.add(outline(stage)));
  }

  private void readGlobal(Statement statement) {
    if (statement.instruction() instanceof Arg arg) {
      for (ArgDefinition definition : arg.arguments()) {
        String name = definition.name();
        Set<String> used = new HashSet<>();
        Optional<String> value =
            definition.defaultValue().map(word -> expand(word, globals::get, used));
        value.ifPresent(text -> globals.put(name, text));
        if (used.remove(name)) {
          used.addAll(sources.getOrDefault(name, Set.of()));
        }
        sources.put(name, used);
        globalArguments.put(name, argument(statement, name, value));
      }
    }
  }

  private static Outline.Argument argument(
      Statement statement, String name, Optional<String> value) {
    return new Outline.Argument(name, value, statement.description(name), statement.line());
  }

  /** Expands a word; one that cannot be expanded stays as it is: there is no build to fail. */
  private String expand(String word, Function<String, String> variables, Set<String> used) {
    try {
      WordExpander.Expanded expanded =
          words.process(word, name -> Optional.ofNullable(variables.apply(name)));
      used.addAll(expanded.used());
      return expanded.text();
    } catch (ExpansionException e) {
      return word;
    }
  }

  private StageOutline outline(Stage stage) {
    Set<String> used = new HashSet<>();
    String image = expand(stage.from().image(), globals::get, used);
    Optional<String> unused = stage.from().platform().map(word -> expand(word, globals::get, used));
    Optional<StageOutline> base = Optional.ofNullable(byName.get(image));
    StageOutline outline = new StageOutline(stage, base);
    stage.name().ifPresent(name -> byName.put(name, outline));
    used.forEach(outline::useGlobal);
    base.ifPresent(below -> below.triggers().forEach(text -> readTrigger(outline, text)));
    stage.statements().forEach(statement -> read(outline, statement, statement.instruction()));
    return outline;
  }

  /** Returns the arguments of a stage, and the global ones that their defaults are made of. */
  private Map<String, Outline.Argument> arguments(StageOutline stage) {
    Map<String, Outline.Argument> found = new LinkedHashMap<>();
    Set<String> visited = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(stage.used());
    while (!open.isEmpty()) {
      String name = open.pop();
      if (!visited.add(name)) {
        continue;
      }
      Outline.Argument own = stage.arguments().get(name);
      if (own != null) {
        found.put(name, own);
      } else if (globalArguments.containsKey(name)) {
        found.put(name, globalArguments.get(name));
        sources.getOrDefault(name, Set.of()).forEach(open::push);
      }
    }
    return found;
  }

  private void readTrigger(StageOutline outline, String text) {
    try {
      Instruction trigger = Instruction.parse(text, file.options());
      read(outline, outline.stage().header(), trigger);
    } catch (DockerfileSyntaxException e) {
      // a trigger that is none is for a build to complain about
    }
  }

  private void read(StageOutline outline, Statement place, Instruction instruction) {
    if (instruction instanceof Arg arg) {
      arg.arguments().forEach(definition -> declare(outline, place, definition));
    } else if (instruction instanceof Env env) {
      Map<String, String> values = new LinkedHashMap<>();
      for (KeyValue pair : env.variables()) {
        values.put(
            expand(pair.key(), outline::variableOrNull, new HashSet<>()),
            expand(pair.value(), outline::variableOrNull, new HashSet<>()));
      }
      values.forEach(outline::set);
    } else if (instruction instanceof Run run) {
      run.mounts().forEach(mount -> mount(outline, place, mount));
    } else if (instruction instanceof Copy copy) {
      copy.from().ifPresent(outline::takeFrom);
    }
  }

  private void declare(StageOutline outline, Statement place, ArgDefinition definition) {
    String name = definition.name();
    Optional<String> value = definition.defaultValue();
    if (value.isPresent()) {
      value = value.map(word -> expand(word, outline::variableOrNull, new HashSet<>()));
      outline.use(argument(place, name, value));
    } else if (globals.containsKey(name)) {
      value = Optional.of(globals.get(name));
      outline.useGlobal(name);
    } else {
      outline.use(argument(place, name, Optional.empty()));
    }
    value.ifPresent(text -> outline.set(name, text));
  }

  private void mount(StageOutline outline, Statement place, MountFlag flag) {
    flag.from().ifPresent(outline::takeFrom);
    Variables variables = name -> Optional.ofNullable(outline.variableOrNull(name));
    try {
      Run alone = Run.shell("").withMounts(List.of(flag));
      if (alone.expand(variables, file.escape()).instruction() instanceof Run run) {
        RunMount mount = run.mounts().get(0).mount();
        if (mount instanceof RunMount.Secret secret) {
          outline.use(new Outline.Secret(secret.id(), secret.required(), place.line()));
        } else if (mount instanceof RunMount.Ssh ssh) {
          outline.use(new Outline.SshAgent(ssh.id(), ssh.required(), place.line()));
        }
      }
    } catch (ExpansionException e) {
      // a mount that is none is for a build to complain about
    }
  }

  /** Returns the outline of a stage of the file. */
  Outline build(Stage target) {
    List<Outline.Target> targets = file.stages().stream().map(this::target).toList();
    Map<String, Outline.Argument> arguments = new LinkedHashMap<>();
    Map<String, Outline.Secret> secrets = new LinkedHashMap<>();
    Map<String, Outline.SshAgent> agents = new LinkedHashMap<>();
    for (StageOutline stage : needed(stages.get(target.index()))) {
      arguments(stage).forEach(arguments::putIfAbsent);
      stage.secrets().forEach(secrets::putIfAbsent);
      stage.agents().forEach(agents::putIfAbsent);
    }
    return new Outline(
        targets.get(target.index()),
        targets,
        sorted(arguments, Outline.Argument::line),
        sorted(secrets, Outline.Secret::line),
        sorted(agents, Outline.SshAgent::line));
  }

  private static <T> List<T> sorted(Map<String, T> found, Function<T, Integer> line) {
    return found.values().stream().sorted(Comparator.comparing(line)).toList();
  }

  private Outline.Target target(Stage stage) {
    From from = stage.from();
    return new Outline.Target(
        stage.index(),
        from.name(),
        from.name().flatMap(stage.header()::description),
        stage.index() == file.stages().size() - 1,
        from.image(),
        from.platform(),
        stage.header().line());
  }

  /** The stages that one needs, itself first, then what it is built from and takes from. */
  private List<StageOutline> needed(StageOutline start) {
    List<StageOutline> needed = new ArrayList<>();
    Set<StageOutline> seen = new HashSet<>();
    Deque<StageOutline> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      StageOutline stage = open.pop();
      if (seen.add(stage)) {
        needed.add(stage);
        stage.sources().forEach(name -> find(name).ifPresent(open::push));
        stage.base().ifPresent(open::push);
      }
    }
    return needed;
  }

  private Optional<StageOutline> find(String nameOrNumber) {
    return file.stage(nameOrNumber).map(stage -> stages.get(stage.index()));
  }
}
