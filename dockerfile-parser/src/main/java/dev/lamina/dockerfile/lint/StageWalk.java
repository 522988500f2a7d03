// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.ArgDefinition;
import dev.lamina.dockerfile.Copy;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.Env;
import dev.lamina.dockerfile.Expansion;
import dev.lamina.dockerfile.Expose;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.KeyValue;
import dev.lamina.dockerfile.MountFlag;
import dev.lamina.dockerfile.PortSpec;
import dev.lamina.dockerfile.Run;
import dev.lamina.dockerfile.RunMount;
import dev.lamina.dockerfile.StageDependency;
import dev.lamina.dockerfile.StageDependency.Kind;
import dev.lamina.dockerfile.StageGraph;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.Volume;
import dev.lamina.dockerfile.Workdir;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.text.CleanPath;
import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through the instructions of one stage and keeps its variables. */
final class StageWalk {

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Arguments that are for BuildKit and never become variables. */
  private static final Set<String> NO_VARIABLES =
      Set.of("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE");

  private final StageDraft draft;
  private final List<StageDependency> forward;
  private final LintOptions options;
  private final Map<String, String> globals;
  private final char escape;
  private final VariableHistory variables;
  private Optional<String> directory;

  StageWalk(
      StageDraft draft,
      StageGraph graph,
      LintOptions options,
      Map<String, String> globals,
      char escape) {
    this.draft = draft;
    this.forward =
        graph.dependencies(draft.stage()).stream().filter(StageDependency::isForward).toList();
    this.options = options;
    this.globals = globals;
    this.escape = escape;
    this.variables = new VariableHistory(draft.base().map(StageDraft::end));
    this.directory =
        draft.image().equals("scratch")
            ? Optional.of("/")
            : draft.base().flatMap(StageDraft::directory);
  }

  /** Evaluates all instructions, triggers first. */
  void run() throws DockerfileSyntaxException {
    if (draft.base().isEmpty()) {
      draft.baseImage().environment().forEach(variables::set);
      if (variables.now().value("PATH").isEmpty() && !draft.platform().os().equals("windows")) {
        variables.set("PATH", PATH);
      }
    }
    Statement header = draft.stage().header();
    for (String trigger : triggers()) {
      Instruction instruction = trigger(trigger, header);
      String text = Whitespace.trim(trigger);
      String keyword = text.substring(0, Whitespace.nextBlank(text, 0));
      evaluate(LintStatement.trigger(instruction, keyword, header.range()), header);
    }
    for (Statement statement : draft.stage().statements()) {
      evaluate(LintStatement.of(statement), statement);
    }
    draft.setEnd(variables.now());
    draft.setDirectory(directory);
  }

  private List<String> triggers() {
    return draft.base().map(base -> base.stage().triggers()).orElse(draft.baseImage().onBuild());
  }

  private Instruction trigger(String text, Statement header) throws DockerfileSyntaxException {
    try {
      return Instruction.parse(text, options.parser());
    } catch (DockerfileSyntaxException e) {
      throw header.error(e.problem());
    }
  }

  private void evaluate(LintStatement statement, Statement place) throws DockerfileSyntaxException {
    try {
      if (statement.written() instanceof Arg arg) {
        evaluateArg(statement, arg);
        return;
      }
      VariableHistory.Moment now = variables.now();
      Expansion expansion = statement.written().expand(now, escape);
      Instruction instruction = expansion.instruction();
      List<String> missing =
          instruction instanceof Expose ? List.of() : undefined(expansion.unset());
      draft.add(statement.evaluated(instruction, now, missing));
      apply(instruction);
    } catch (ExpansionException e) {
      if (statement.written() instanceof Volume) { // of which nobody asks more than that
        List<String> missing = undefined(e.unset());
        draft.add(statement.evaluated(statement.written(), variables.now(), missing));
      }
      throw place.error(e.problem());
    }
  }

  private void apply(Instruction instruction) throws ExpansionException {
    if (instruction instanceof Env env) {
      for (KeyValue pair : env.variables()) {
        variables.set(pair.key(), pair.value());
      }
    } else if (instruction instanceof Workdir workdir) {
      directory = directory(workdir.path());
    } else if (instruction instanceof Expose expose) {
      for (String port : expose.ports()) {
        var unused = PortSpec.parse(port);
      }
    } else if (instruction instanceof Copy copy && isLater(Kind.COPY, copy.from())) {
      throw new ExpansionException(
          "cannot copy from stage "
              + GoQuote.quote(copy.from().orElse(""))
              + ", it needs to be defined before current stage "
              + GoQuote.quote(draft.name()));
    } else if (instruction instanceof Run run) {
      for (MountFlag flag : run.mounts()) {
        RunMount mount = flag.mount();
        if (isLater(Kind.MOUNT, flag.from())) {
          throw new ExpansionException(
              "cannot mount from stage "
                  + GoQuote.quote(flag.from().orElse(""))
                  + " to "
                  + GoQuote.quote(mount.target())
                  + ", stage needs to be defined before current command");
        }
        requireTarget(mount);
      }
    }
  }

  /** The directory that a path means, if that can be told. */
  private Optional<String> directory(String path) {
    return path.startsWith("/")
        ? Optional.of(CleanPath.of(path))
        : directory.map(below -> CleanPath.of(below + "/" + path));
  }

  /** Complains about what would be mounted over the root. */
  private void requireTarget(RunMount mount) throws ExpansionException {
    boolean mounted = !(mount instanceof RunMount.Secret) && !(mount instanceof RunMount.Ssh);
    if (mounted && directory(mount.target()).equals(Optional.of("/"))) {
      throw new ExpansionException("invalid mount target \"/\"");
    }
  }

  private boolean isLater(Kind kind, Optional<String> name) {
    return forward.stream()
        .anyMatch(
            dependency -> dependency.kind() == kind && name.equals(Optional.of(dependency.name())));
  }

  /** Each argument sees those before it, even in the same instruction. */
  private void evaluateArg(LintStatement statement, Arg arg) throws ExpansionException {
    VariableHistory.Moment before = variables.now();
    List<ArgDefinition> definitions = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (ArgDefinition definition : arg.arguments()) {
      Optional<String> value = Optional.ofNullable(options.arguments().get(definition.name()));
      if (value.isEmpty() && definition.defaultValue().isPresent()) {
        Arg alone = new Arg(List.of(definition));
        Expansion expansion = alone.expand(variables.now(), escape);
        missing.addAll(undefined(expansion.unset()));
        if (expansion.instruction() instanceof Arg expanded) {
          value = expanded.arguments().get(0).defaultValue();
        }
      } else if (value.isEmpty()) {
        value = Optional.ofNullable(globals.get(definition.name()));
      }
      definitions.add(new ArgDefinition(definition.name(), value));
      if (value.isPresent() && !NO_VARIABLES.contains(definition.name())) {
        variables.set(definition.name(), value.get());
      }
      variables.declare(definition.name());
    }
    draft.add(statement.evaluated(new Arg(definitions), before, missing));
  }

  private List<String> undefined(List<String> unset) {
    VariableHistory.Moment now = variables.now();
    return unset.stream()
        .filter(name -> !now.declares(name) && !NO_VARIABLES.contains(name))
        .toList();
  }
}
