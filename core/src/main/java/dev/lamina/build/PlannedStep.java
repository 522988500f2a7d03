// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Statement;
import dev.lamina.event.StepInfo;
import dev.lamina.spi.LayerWork;
import java.util.List;
import java.util.Optional;

/**
 * A step of a stage: what its instruction comes to once variables are replaced.
 *
 * <p>Immutable.
 */
public final class PlannedStep {
  private final Statement where;
  private final String keyword;
  private final String text;
  private final String createdBy;
  private final Optional<StepInfo> info;
  private final Optional<LayerWork> work;
  private final List<PlannedSource> sources;
  private final Optional<String> signature;

  PlannedStep(
      Statement where,
      String keyword,
      String text,
      String createdBy,
      Optional<StepInfo> info,
      Optional<LayerWork> work,
      List<PlannedSource> sources,
      Optional<String> signature) {
    this.where = where;
    this.keyword = keyword;
    this.text = text;
    this.createdBy = createdBy;
    this.info = info;
    this.work = work;
    this.sources = List.copyOf(sources);
    this.signature = signature;
  }

  /** Returns what is to be done, on one line, with variables replaced. */
  public String text() {
    return text;
  }

  /** Returns what the image's history will say of it. */
  public String createdBy() {
    return createdBy;
  }

  /** Returns the line of the Dockerfile it comes from, from 1. */
  public int line() {
    return where.line();
  }

  /** Tells whether it makes a layer; what doesn't only changes the image's config, or looks. */
  public boolean makesLayer() {
    return work.isPresent() && !work.get().isCheck();
  }

  /** Returns what this step is called in events, if it makes a layer. */
  public Optional<StepInfo> info() {
    return info;
  }

  String keyword() {
    return keyword;
  }

  Optional<LayerWork> work() {
    return work;
  }

  /** Returns a digest of all that the work was planned from, if it is known what that was. */
  Optional<String> signature() {
    return signature;
  }

  Statement where() {
    return where;
  }

  List<PlannedSource> sources() {
    return sources;
  }

  @Override
  public String toString() {
    return text;
  }
}
