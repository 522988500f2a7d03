// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.Run;
import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.StageDependency;
import dev.lamina.dockerfile.StageDependency.Kind;
import dev.lamina.dockerfile.StageGraph;
import dev.lamina.spi.StepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stages of a build while it is planned: those of the file, and one for each image or named
 * context that is only copied from.
 */
final class StageDrafts {
  private final List<StageDraft> all;
  private final Map<String, StageDraft> sources = new HashMap<>();
  private StageGraph graph;

  /**
   * Connects the stages.
   *
   * @param drafts those of the file, in order
   */
  StageDrafts(StageGraph graph, List<StageDraft> drafts) throws BuildException {
    this.graph = graph;
    this.all = new ArrayList<>(drafts);
    for (StageDraft draft : drafts) {
      dependencies(draft).get(0).source().ifPresent(stage -> draft.base(draft(stage)));
      addSources(draft);
    }
    requireNoCircle();
  }

  private void requireNoCircle() throws BuildException {
    List<StageDependency> circle = graph.circle();
    if (!circle.isEmpty()) {
      String first = label(draft(circle.get(0).stage()));
      throw BuildException.at(
          circle.get(circle.size() - 1).where(),
          new StepException("circular dependency detected on stage: " + first));
    }
  }

  private void addSources(StageDraft draft) throws BuildException {
    for (StageDependency dependency : dependencies(draft)) {
      if (dependency.isMissing()) {
        throw BuildException.at(
            dependency.where(), new StepException("invalid stage index " + dependency.name()));
      }
      if (dependency.kind() != Kind.FROM && dependency.source().isEmpty()) {
        String name = dependency.name();
        if (!sources.containsKey(name)) {
          StageDraft source = StageDraft.source(name, dependency.where());
          sources.put(name, source);
          all.add(source);
        }
      }
    }
  }

  /** Returns all, in the order in which they can be planned. */
  List<StageDraft> all() {
    return all;
  }

  /** Returns the stage of a name; of several, the last. */
  Optional<StageDraft> find(String name) {
    return graph.stage(name).map(this::draft);
  }

  private StageDraft draft(Stage stage) {
    return all.get(stage.index());
  }

  /** Returns what a stage depends on; nothing if it is only copied from. */
  List<StageDependency> dependencies(StageDraft draft) {
    return draft.stage().map(graph::dependencies).orElse(List.of());
  }

  /** Adds the triggers that a stage's base image brings. */
  void addTriggers(StageDraft draft, List<Instruction> triggers) throws BuildException {
    graph = graph.withTriggers(draft.stage().orElseThrow(), triggers);
    addSources(draft);
  }

  /** Returns the stages that one needs, itself among them. */
  Set<StageDraft> needed(StageDraft target) {
    Set<StageDraft> needed = new LinkedHashSet<>();
    for (Stage stage : graph.needed(target.stage().orElseThrow())) {
      needed.add(draft(stage));
      for (StageDependency dependency : graph.dependencies(stage)) {
        if (dependency.kind() != Kind.FROM && dependency.source().isEmpty()) {
          needed.add(source(dependency));
        }
      }
    }
    return needed;
  }

  /** Returns what {@code from} means to an instruction of a stage that takes from it. */
  Optional<StageDependency> dependency(StageDraft user, Instruction instruction, String from) {
    Kind kind = instruction instanceof Run ? Kind.MOUNT : Kind.COPY;
    return dependencies(user).stream()
        .filter(dependency -> dependency.kind() == kind && dependency.name().equals(from))
        .findFirst();
  }

  /** Returns the stage that is copied from or mounted. */
  StageDraft source(StageDependency dependency) {
    return dependency.source().map(this::draft).orElseGet(() -> sources.get(dependency.name()));
  }

  /** Returns what to call a stage: its name, or {@code stage-2}. */
  String label(StageDraft stage) {
    return stage.name().isEmpty() ? "stage-" + all.indexOf(stage) : stage.name();
  }
}
