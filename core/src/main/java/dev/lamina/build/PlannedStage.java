// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Platform;
import java.util.List;

/**
 * A stage the build needs: what it stands on, its steps, and how containers of its image would be
 * run.
 *
 * <p>Immutable.
 */
public final class PlannedStage {
  private final StageDraft draft;
  private final String name;
  private final StageBase base;
  private final ImageConfig baseConfig;
  private final Platform platform;
  private final ContainerConfig config;
  private final String author;
  private final VariableScope scope;
  private final List<PlannedStep> steps;

  PlannedStage(
      StageDraft draft,
      String name,
      StageBase base,
      ImageConfig baseConfig,
      Platform platform,
      ContainerConfig config,
      String author,
      VariableScope scope,
      List<PlannedStep> steps) {
    this.draft = draft;
    this.name = name;
    this.base = base;
    this.baseConfig = baseConfig;
    this.platform = platform;
    this.config = config;
    this.author = author;
    this.scope = scope;
    this.steps = List.copyOf(steps);
  }

  /** Returns the stage's name, or {@code stage-2} if it has none. */
  public String name() {
    return name;
  }

  /** Returns what it is built from: a stage, an image's name or {@code scratch}. */
  public String from() {
    return draft.baseName();
  }

  /** Returns what it is built for. */
  public Platform platform() {
    return platform;
  }

  /** Returns its steps in order; those of the stage it is built from are not among them. */
  public List<PlannedStep> steps() {
    return steps;
  }

  /** Returns how containers of its image would be run. */
  public ContainerConfig config() {
    return config;
  }

  StageDraft draft() {
    return draft;
  }

  StageBase base() {
    return base;
  }

  ImageConfig baseConfig() {
    return baseConfig;
  }

  String author() {
    return author;
  }

  VariableScope scope() {
    return scope;
  }

  @Override
  public String toString() {
    return name;
  }
}
