// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.OnBuild;
import dev.lamina.dockerfile.ParserOptions;
import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.StageDependency;
import dev.lamina.dockerfile.StageGraph;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.expand.WordExpander;
import dev.lamina.event.BuildEvent;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.instruction.DockerInstructions;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Platform;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * Turns a Dockerfile into a plan: resolves the arguments before the first stage, draws the graph of
 * the stages, finds the images they start from, adds the triggers those bring, and lets each
 * instruction of the stages that are needed say what it does.
 */
final class Planner {
  private final BuildRequest request;
  private final WordExpander expander;
  private final BuildContext context;
  private final Platform platform;
  private final GlobalArguments globals;
  private final StageReader reader;
  private final BaseResolver bases;
  private final NamedContexts contexts;
  private final StageDrafts drafts;
  private final PlannedSource buildContext = PlannedSource.buildContext();
  private final Map<StageDraft, PlannedSource> sources = new HashMap<>();
  private final Map<StageDraft, PlannedStage> planned = new LinkedHashMap<>();
  private final List<BuildEvent.Warning> warnings = new ArrayList<>();
  private int nextId = 1;
  private @Nullable BuildException violation;

  /** Reads the arguments before the first stage and the FROMs, and connects the stages. */
  Planner(BuildRequest request, BaseImages images, GitRepositories repositories)
      throws IOException {
    this.request = request;
    this.context = request.context(repositories);
    Dockerfile dockerfile = request.dockerfile();
    this.expander = WordExpander.withEscape(dockerfile.escape());
    this.platform = request.platform().orElse(Platform.host());
    List<Stage> stages = dockerfile.stages();
    String target =
        request
            .target()
            .or(() -> stages.isEmpty() ? Optional.empty() : stages.get(stages.size() - 1).name())
            .orElse("");
    this.globals = new GlobalArguments(request.arguments(), Platform.host(), platform, target);
    this.contexts = new NamedContexts(request.contexts());
    this.reader = new StageReader(request, contexts, globals, expander);
    this.bases = new BaseResolver(contexts, images, repositories);
    requireEpoch();
    reader.declareGlobals();
    this.drafts = drafts();
  }

  private StageDrafts drafts() throws IOException {
    List<StageDraft> read = new ArrayList<>();
    for (Stage stage : request.dockerfile().stages()) {
      read.add(reader.draft(stage));
    }
    for (StageDraft draft : read) {
      requireNoVariables(draft.commands());
    }
    StageGraph graph =
        StageGraph.of(request.dockerfile(), stage -> read.get(stage.index()).baseName())
            .withContexts(contexts::source);
    return new StageDrafts(graph, read);
  }

  BuildPlan plan() throws IOException, InterruptedException {
    StageDraft target = target();
    bases.requireNames(drafts.all());
    Set<StageDraft> needed = resolve(target);
    planStages(needed);
    if (violation != null) {
      throw violation;
    }
    PlannedStage result = planned.get(target);
    if (result == null) {
      throw new BuildException("target stage \"" + target.name() + "\" has no image");
    }
    warnings.addAll(PlanLint.check(request, planned.values(), context));
    return new BuildPlan(List.copyOf(planned.values()), result, buildContext, sources, warnings);
  }

  private void requireEpoch() throws BuildException {
    String epoch = request.arguments().getOrDefault("SOURCE_DATE_EPOCH", "");
    if (!epoch.isEmpty() && request.epoch().isEmpty()) {
      throw new BuildException(
          "invalid SOURCE_DATE_EPOCH: " + epoch + ": expected seconds since 1970-01-01");
    }
  }

  private StageDraft target() throws BuildException {
    List<StageDraft> stages =
        drafts.all().stream().filter(draft -> draft.stage().isPresent()).toList();
    if (stages.isEmpty()) {
      throw new BuildException("dockerfile contains no stages to build");
    }
    if (request.target().isEmpty()) {
      return stages.get(stages.size() - 1);
    }
    String name = request.target().get();
    return drafts
        .find(name)
        .orElseThrow(
            () ->
                new BuildException(
                    "target stage \""
                        + name
                        + "\" could not be found, the stages with names are "
                        + stages.stream()
                            .map(StageDraft::name)
                            .filter(n -> !n.isEmpty())
                            .toList()));
  }

  private void requireNoVariables(List<Command> commands) throws BuildException {
    for (Command command : commands) {
      try {
        reader.requireNoVariables(command.instruction());
      } catch (IOException e) {
        throw BuildException.at(command.where(), e);
      }
    }
  }

  /** Finds the bases of what the target needs. Their triggers may need more, so it goes on. */
  private Set<StageDraft> resolve(StageDraft target) throws IOException, InterruptedException {
    Set<StageDraft> needed = drafts.needed(target);
    int before;
    do {
      before = needed.size();
      for (StageDraft stage : needed) {
        if (!bases.isResolved(stage)) {
          addTriggers(stage, bases.resolve(stage, platform));
        }
      }
      needed = drafts.needed(target);
    } while (needed.size() > before);
    return needed;
  }

  private void addTriggers(StageDraft stage, StageBase base) throws BuildException {
    if (stage.isSource()) {
      return;
    }
    List<Command> triggers = new ArrayList<>();
    for (String text : triggers(base)) {
      try {
        triggers.add(new Command(Instruction.parse(text, options()), stage.where(), true));
      } catch (DockerfileSyntaxException e) {
        throw BuildException.at(
            stage.where(), new StepException("ONBUILD trigger \"" + text + "\": " + e.problem()));
      }
    }
    requireNoVariables(triggers);
    stage.commands().addAll(0, triggers);
    if (base instanceof StageBase.Image) { // the triggers of a stage are known from the start
      drafts.addTriggers(stage, triggers.stream().map(Command::instruction).toList());
    }
  }

  private static List<String> triggers(StageBase base) {
    if (base instanceof StageBase.Image image) {
      return image.image().config().config().onBuild();
    }
    if (base instanceof StageBase.Stage on) {
      return on.stage().commands().stream()
          .map(Command::instruction)
          .filter(OnBuild.class::isInstance)
          .map(instruction -> ((OnBuild) instruction).trigger())
          .toList();
    }
    return List.of();
  }

  ParserOptions options() {
    ParserOptions options = ParserOptions.defaults();
    for (String keyword : request.instructions().keySet()) {
      options = options.withCustomKeyword(keyword);
    }
    return options;
  }

  private void planStages(Set<StageDraft> needed) throws IOException {
    boolean only = drafts.all().size() == 1;
    for (StageDraft stage : drafts.all()) {
      if (needed.contains(stage)) {
        planStage(stage, only);
      }
    }
  }

  private void planStage(StageDraft stage, boolean only) throws IOException {
    if (planned.containsKey(stage)) {
      return;
    }
    StageDraft on = stage.baseOrNull();
    if (on != null) {
      planStage(on, only); // before it in the file, but for a context that names a stage
    }
    for (StageDependency dependency : drafts.dependencies(stage)) {
      String name = dependency.name();
      if (dependency.isForward()
          && drafts.find(name).isEmpty()
          && contexts.find(name).isPresent()) {
        planStage(drafts.source(dependency), only);
      }
    }
    StagePlanner planner = planner(stage);
    planner.plan();
    PlannedStage done = planner.finish(drafts.label(stage), only, nextId);
    planned.put(stage, done);
    nextId += (int) done.steps().stream().filter(step -> step.info().isPresent()).count();
  }

  private StagePlanner planner(StageDraft stage) {
    StageBase base = bases.base(stage);
    if (base instanceof StageBase.Stage on) {
      PlannedStage below = planned.get(on.stage());
      if (below == null) {
        throw new IllegalStateException("stage " + stage.name() + " comes before its base");
      }
      return new StagePlanner(this, stage, below, expander);
    }
    Platform wanted = // as BuildKit, which builds scratch for the target whatever its FROM says
        base instanceof StageBase.Scratch ? platform : platformOr(stage.platformOrNull());
    ImageConfig config =
        stage.isReplaced() && base instanceof StageBase.Files
            ? ImageConfig.of(wanted)
            : baseConfig(base, wanted);
    return new StagePlanner(this, stage, base, config, normal(config.platform(), wanted), expander);
  }

  private Platform platformOr(@Nullable Platform stage) {
    return stage == null ? platform : stage;
  }

  private static Platform normal(Platform ofImage, Platform wanted) {
    return ofImage.os().isEmpty() ? wanted : ofImage.normalized();
  }

  private static ImageConfig baseConfig(StageBase base, Platform platform) {
    if (base instanceof StageBase.Image image) {
      return image.image().config();
    }
    ImageConfig empty = ImageConfig.of(platform);
    return base instanceof StageBase.Scratch || base instanceof StageBase.Files
        ? empty.withConfig(ContainerConfig.EMPTY.withWorkingDir("/"))
        : empty;
  }

  /** Lets the executor of an instruction say what it does. */
  void execute(Instruction instruction, CommandContext context) throws IOException {
    DockerInstructions.plan(instruction, context, request.instructions());
  }

  /** Returns what {@code --from} means to a command. */
  PlannedSource source(String from, StageDraft user, Command command) throws StepException {
    StageDependency dependency =
        drafts
            .dependency(user, command.instruction(), from)
            .orElseThrow(
                () ->
                    new StepException(
                        "\""
                            + from
                            + "\" is not known as a source yet, name it by the flag --from"));
    StageDraft stage = drafts.source(dependency);
    if (!stage.isSource() && !planned.containsKey(stage)) {
      throw new StepException(
          "cannot copy from stage \""
              + from
              + "\", it needs to be defined before current stage \""
              + drafts.label(user)
              + "\"");
    }
    String name = stage.isSource() ? stage.baseName() : "stage " + drafts.label(stage);
    return sources.computeIfAbsent(stage, key -> PlannedSource.of(key, name));
  }

  /** Notes what looks wrong; if the build is strict, the first such thing ends it. */
  void warn(Statement where, String rule, String message) {
    warnings.add(new BuildEvent.Warning(rule, message, where.line()));
    if (request.isStrict() && violation == null) {
      violation = BuildException.at(where, new StepException(rule + ": " + message));
    }
  }

  BuildRequest request() {
    return request;
  }

  GlobalArguments globals() {
    return globals;
  }

  PlannedSource buildContext() {
    return buildContext;
  }
}
