// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a build will do: the stages its target needs, in the order of the Dockerfile, each with its
 * steps. Making a plan executes nothing and reads no file of the context.
 *
 * <p>Immutable.
 */
public final class BuildPlan {
  private final List<PlannedStage> all;
  private final PlannedStage target;
  private final PlannedSource buildContext;
  private final Map<StageDraft, PlannedSource> sources;
  private final List<BuildEvent.Warning> warnings;

  BuildPlan(
      List<PlannedStage> stages,
      PlannedStage target,
      PlannedSource buildContext,
      Map<StageDraft, PlannedSource> sources,
      List<BuildEvent.Warning> warnings) {
    this.all = List.copyOf(stages);
    this.target = target;
    this.buildContext = buildContext;
    this.sources = Map.copyOf(sources);
    this.warnings = List.copyOf(warnings);
  }

  /** Returns the stages that will be built; each comes after those it needs. */
  public List<PlannedStage> stages() {
    return all.stream().filter(stage -> !stage.draft().isSource()).toList();
  }

  /** Returns the stages and what is only copied from. */
  List<PlannedStage> all() {
    return all;
  }

  /** Returns the stage whose image is the result. */
  public PlannedStage target() {
    return target;
  }

  /** Returns what BuildKit calls the step that made the last layer of a stage's image. */
  String lastLayer(PlannedStage stage) {
    List<PlannedStep> steps = stage.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).info().isPresent()) {
        return steps.get(i).info().get().label();
      }
    }
    for (PlannedStage below : all) {
      if (stage.base() instanceof StageBase.Stage on && on.stage() == below.draft()) {
        return lastLayer(below);
      }
    }
    return "local source for " + stage.from();
  }

  /** Returns the paths and wildcards of the build context that any step looks at. */
  public Set<String> contextPaths() {
    return Set.copyOf(buildContext.needed());
  }

  /** Returns what is allowed but looks wrong. */
  public List<BuildEvent.Warning> warnings() {
    return warnings;
  }

  /** Returns the paths of a stage or a named context that any step looks at. */
  Set<String> needed(StageDraft draft) {
    PlannedSource source = sources.get(draft);
    return source == null ? Set.of("/") : source.needed();
  }

  PlannedSource buildContext() {
    return buildContext;
  }
}
