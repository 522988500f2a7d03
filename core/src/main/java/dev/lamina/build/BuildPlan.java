// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import dev.lamina.oci.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
    StageDraft draft = stage.draft();
    return "local source for " + (draft.isReplaced() ? draft.name() : stage.from());
  }

  /**
   * Returns the images that stages are built from and files are copied from, as the Dockerfile
   * names them, each with its ID.
   */
  public Map<String, Digest> images() {
    Map<String, Digest> images = new LinkedHashMap<>();
    for (PlannedStage stage : all) {
      if (stage.base() instanceof StageBase.Image image) {
        images.put(stage.from(), image.image().id());
      }
    }
    return Collections.unmodifiableMap(images);
  }

  /**
   * Returns where files are copied from or mounted, {@code build context}, {@code stage build} or
   * the name of a named context or an image, and for each the paths and wildcards that any step
   * looks at.
   */
  public Map<String, Set<String>> sources() {
    Map<String, Set<String>> needed = new TreeMap<>();
    if (!buildContext.needed().isEmpty()) {
      needed.put(buildContext.name(), Set.copyOf(buildContext.needed()));
    }
    for (PlannedSource source : sources.values()) {
      needed.put(source.name(), Set.copyOf(source.needed()));
    }
    return Collections.unmodifiableMap(needed);
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
    return source == null || draft == target.draft() ? Set.of("/") : source.needed();
  }

  PlannedSource buildContext() {
    return buildContext;
  }

  /** Returns the plan for a person: stages and steps, what they need, what looks wrong. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (PlannedStage stage : stages()) {
      text.append(stage.name()).append(" (FROM ").append(stage.from()).append(", ");
      text.append(stage.platform()).append(")\n");
      stage.steps().forEach(step -> text.append("  ").append(step.text()).append('\n'));
    }
    sources()
        .forEach(
            (name, paths) ->
                text.append("needs of ")
                    .append(name)
                    .append(": ")
                    .append(new TreeSet<>(paths))
                    .append('\n'));
    images()
        .forEach(
            (name, id) -> text.append("image ").append(name).append(": ").append(id).append('\n'));
    warnings.forEach(
        warning ->
            text.append(warning.rule())
                .append(": ")
                .append(warning.message())
                .append(warning.line() == 0 ? "" : " (line " + warning.line() + ")")
                .append('\n'));
    return text.toString();
  }
}
