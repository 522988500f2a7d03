// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.Optional;

/**
 * What a stage takes from somewhere else: what it is built from, copies from or mounts.
 *
 * @param stage the stage that takes
 * @param kind what for
 * @param name the name or number that it gives, in FROM after expansion
 * @param source the stage of the file that is meant; empty for an image, a named context, {@code
 *     scratch}, or a number that no stage has
 * @param where the statement that says so; for an ONBUILD trigger of the base, the FROM
 */
public record StageDependency(
    Stage stage, Kind kind, String name, Optional<Stage> source, Statement where) {

  /** How a stage depends on something. */
  public enum Kind {
    /** It is built from it. */
    FROM,
    /** {@code COPY --from}, or the flag {@code --from} of a custom instruction. */
    COPY,
    /** {@code RUN --mount=from=}. */
    MOUNT
  }

  /** Tells whether it is a number that no stage has, which no build accepts. */
  public boolean isMissing() {
    return source.isEmpty() && kind == Kind.COPY && StageGraph.isNumber(name);
  }

  /**
   * Tells whether it takes from the stage itself or from one further down, which no build accepts
   * unless a named context stands for that stage.
   */
  public boolean isForward() {
    return source.isPresent() && source.get().index() >= stage.index();
  }
}
