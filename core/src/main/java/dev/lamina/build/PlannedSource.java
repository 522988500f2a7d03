// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.spi.FileSource;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.Nullable;

/** The build context or a stage, as something to copy from, and which of its paths are needed. */
final class PlannedSource implements FileSource {
  private final String name;
  private final @Nullable StageDraft stage;
  private final Set<String> needed = new TreeSet<>();

  private PlannedSource(String name, @Nullable StageDraft stage) {
    this.name = name;
    this.stage = stage;
  }

  static PlannedSource buildContext() {
    return new PlannedSource("build context", null);
  }

  static PlannedSource of(StageDraft stage, String name) {
    return new PlannedSource(name, stage);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void need(String path) {
    needed.add(path);
  }

  /** Returns the paths and patterns that any step looks at. */
  Set<String> needed() {
    return needed;
  }

  /** Returns the stage, or null for the build context. */
  @Nullable
  StageDraft stageOrNull() {
    return stage;
  }
}
