// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
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
  private final GlobalScope globals;
  private final StageGraph graph;
  private final List<StageOutline> stages = new ArrayList<>();

  OutlineBuilder(Dockerfile file) {
    this.file = file;
    this.globals = new GlobalScope(file, Map.of());
    this.graph = file.graph();
    file.stages().forEach(stage -> stages.add(outline(stage)));
  }

  private StageOutline outline(Stage stage) {
    Set<String> used = new HashSet<>();
    String unusedImage = globals.expand(stage.from().image(), used);
    Optional<String> unused = stage.from().platform().map(word -> globals.expand(word, used));
    Optional<StageOutline> base =
        graph.dependencies(stage).get(0).source().map(below -> stages.get(below.index()));
    StageOutline outline = new StageOutline(stage, base);
    used.forEach(outline::useGlobal);
    for (Instruction trigger :
        base.map(below -> below.stage().soundTriggers(file.options())).orElse(List.of())) {
      read(outline, stage.header(), trigger);
    }
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
      } else if (globals.argument(name).isPresent()) {
        found.put(name, globals.argument(name).get());
        globals.sources(name).forEach(open::push);
      }
    }
    return found;
  }

  private void read(StageOutline outline, Statement place, Instruction instruction) {
    if (instruction instanceof Arg arg) {
      arg.arguments().forEach(definition -> declare(outline, place, definition));
    } else if (instruction instanceof Env env) {
      Map<String, String> values = new LinkedHashMap<>();
      for (KeyValue pair : env.variables()) {
        values.put(
            globals.expand(pair.key(), outline::variableOrNull, new HashSet<>()),
            globals.expand(pair.value(), outline::variableOrNull, new HashSet<>()));
      }
      values.forEach(outline::set);
    } else if (instruction instanceof Run run) {
      run.mounts().forEach(mount -> mount(outline, place, mount));
    }
  }

  private void declare(StageOutline outline, Statement place, ArgDefinition definition) {
    String name = definition.name();
    Optional<String> value = definition.defaultValue();
    if (value.isPresent()) {
      value = value.map(word -> globals.expand(word, outline::variableOrNull, new HashSet<>()));
      outline.use(Outline.Argument.of(place, name, value));
    } else if (globals.value(name).isPresent()) {
      value = globals.value(name);
      outline.useGlobal(name);
    } else {
      outline.use(Outline.Argument.of(place, name, Optional.empty()));
    }
    value.ifPresent(text -> outline.set(name, text));
  }

  private void mount(StageOutline outline, Statement place, MountFlag flag) {
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
    for (StageOutline stage : needed(target)) {
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

  /** The stages that one needs, from the last to the first. */
  private List<StageOutline> needed(Stage target) {
    List<StageOutline> needed = new ArrayList<>();
    graph.needed(target).forEach(stage -> needed.add(0, stages.get(stage.index())));
    return needed;
  }
}
