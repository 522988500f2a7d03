// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Copy;
import dev.lamina.dockerfile.Custom;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.Run;
import dev.lamina.dockerfile.Workdir;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.WordExpander;
import dev.lamina.event.StepInfo;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.EnvVariable;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Platform;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.LayerWork;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans one stage: carries what its instructions have said so far from one to the next. */
final class StagePlanner {
  private final Planner planner;
  private final StageDraft draft;
  private final StageBase base;
  private final ImageConfig baseConfig;
  private final Platform platform;
  private final VariableScope scope;
  private final WordExpander expander;
  private final List<Instruction> done = new ArrayList<>();
  private final List<StepDraft> steps = new ArrayList<>();
  private ContainerConfig config;
  private String author;

  private record StepDraft(
      Command command,
      String text,
      String createdBy,
      Optional<LayerWork> work,
      List<PlannedSource> sources,
      Optional<String> signature) {}

  /** Starts a stage on a base that is no stage. */
  StagePlanner(
      Planner planner,
      StageDraft draft,
      StageBase base,
      ImageConfig baseConfig,
      Platform platform,
      WordExpander expander) {
    this(planner, draft, base, baseConfig, platform, VariableScope.empty(), expander);
    start(baseConfig.config(), baseConfig.author());
  }

  /** Starts a stage on another. */
  StagePlanner(Planner planner, StageDraft draft, PlannedStage on, WordExpander expander) {
    this(
        planner,
        draft,
        new StageBase.Stage(on.draft()),
        on.baseConfig(),
        on.platform(),
        on.scope().copy(),
        expander);
    start(on.config(), on.author());
  }

  private StagePlanner(
      Planner planner,
      StageDraft draft,
      StageBase base,
      ImageConfig baseConfig,
      Platform platform,
      VariableScope scope,
      WordExpander expander) {
    this.planner = planner;
    this.draft = draft;
    this.base = base;
    this.baseConfig = baseConfig;
    this.platform = platform;
    this.scope = scope;
    this.expander = expander;
    this.config = ContainerConfig.EMPTY;
    this.author = "";
  }

  private void start(ContainerConfig inherited, String inheritedAuthor) {
    config = inherited.withOnBuild(List.of());
    author = inheritedAuthor;
    boolean dispatched = !draft.isReplaced(); // what stands for a stage is taken as it is
    if (dispatched && config.env("PATH").isEmpty() && !platform.os().equals("windows")) {
      config = config.withEnv("PATH", EnvVariable.DEFAULT_PATH);
    }
    String directory = config.workingDir();
    if (!directory.isEmpty() && !directory.startsWith("/")) {
      config = config.withWorkingDir(SlashPath.join("/" + directory, directory)); // as BuildKit
    }
    scope.setAll(config);
  }

  /** Plans the stage's instructions. */
  void plan() throws IOException {
    for (Command command : draft.commands()) {
      CommandContext context = new CommandContext(planner, this, command);
      try {
        planner.execute(expanded(command.instruction()), context);
      } catch (IOException e) {
        throw BuildException.at(command.where(), e);
      }
      done.add(command.instruction());
    }
  }

  /** Returns the instruction with its variables replaced. */
  Instruction expanded(Instruction instruction) throws StepException {
    return scope.expand(instruction, planner.request().dockerfile().escape());
  }

  /** Adds a step; {@code sources} are what its work takes from. */
  void add(
      Command command, String createdBy, Optional<LayerWork> work, List<PlannedSource> sources) {
    Optional<String> signature = work.isPresent() ? signature(command) : Optional.empty();
    steps.add(
        new StepDraft(command, title(command, createdBy), createdBy, work, sources, signature));
  }

  /**
   * Returns a digest of all that the executor of a command could have asked its context for. Only
   * where that is all there is: what ADD takes from elsewhere may change there, what a caller's own
   * executor does may depend on anything, and a trigger's text is not that of its statement.
   */
  private Optional<String> signature(Command command) {
    Instruction instruction = command.instruction();
    boolean known =
        instruction instanceof Copy || instruction instanceof Run || instruction instanceof Workdir;
    if (!known || command.trigger()) {
      return Optional.empty();
    }
    BuildRequest request = planner.request();
    List<CacheInput> inputs = new ArrayList<>();
    inputs.add(new CacheInput("source", command.where().source()));
    inputs.add(new CacheInput("escape", String.valueOf(request.dockerfile().escape())));
    inputs.add(new CacheInput("config", config.toString()));
    inputs.add(new CacheInput("platform", platform.toString()));
    scope
        .variables()
        .forEach((name, value) -> inputs.add(new CacheInput("variable " + name, value)));
    scope
        .arguments()
        .forEach((name, value) -> inputs.add(new CacheInput("arg " + name, value.toString())));
    request
        .arguments()
        .forEach((name, value) -> inputs.add(new CacheInput("given " + name, value)));
    planner.globals().forEach((name, value) -> inputs.add(new CacheInput("global " + name, value)));
    return Optional.of(CacheKey.of(List.of(), inputs).digest());
  }

  /** An instruction that is not Docker's is called what its history calls it. */
  private String title(Command command, String createdBy) {
    if (command.instruction() instanceof Custom && !createdBy.isEmpty()) {
      return createdBy;
    }
    String text = command.text();
    try {
      text = expander.keepingQuotes().keepingUnset().expand(text, scope.lookup());
    } catch (ExpansionException e) {
      // a title is only shown: what it can't be expanded to doesn't matter
    }
    int blank = text.indexOf(' ');
    return blank < 0 ? text : command.instruction().keyword() + text.substring(blank);
  }

  /**
   * Returns the stage; its steps are numbered from {@code firstId} on. Within the stage BuildKit
   * counts the step that gets a base image, and the place, but not the step, for other files.
   */
  PlannedStage finish(String name, boolean onlyStage, int firstId) {
    int total = (int) steps.stream().filter(step -> step.work.isPresent()).count();
    total += base instanceof StageBase.Image || base instanceof StageBase.Files ? 1 : 0;
    List<PlannedStep> planned = new ArrayList<>();
    int position = base instanceof StageBase.Image ? 1 : 0;
    int id = firstId;
    for (StepDraft step : steps) {
      Optional<StepInfo> info = Optional.empty();
      if (step.work.isPresent()) {
        int line = step.command.where().line();
        position++;
        info =
            Optional.of(
                new StepInfo(id++, onlyStage ? "" : name, position, total, step.text, line));
      }
      planned.add(
          new PlannedStep(
              step.command.where(),
              step.command.instruction().keyword(),
              step.text,
              step.createdBy,
              info,
              step.work,
              step.sources,
              step.signature));
    }
    return new PlannedStage(
        draft, name, base, baseConfig, platform, config, author, scope, planned);
  }

  void warn(Command command, String rule, String message) {
    planner.warn(command.where(), rule, message);
  }

  StageDraft draft() {
    return draft;
  }

  Platform platform() {
    return platform;
  }

  VariableScope scope() {
    return scope;
  }

  WordExpander expander() {
    return expander;
  }

  List<Instruction> done() {
    return done;
  }

  ContainerConfig config() {
    return config;
  }

  void config(ContainerConfig next) {
    config = next;
  }

  void author(String name) {
    author = name;
  }
}
