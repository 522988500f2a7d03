// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.Statement;
import dev.lamina.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A stage while a build is planned: what it stands on and what it does. What is only copied from,
 * an image or a named context, is a stage without instructions.
 */
final class StageDraft {
  private final Optional<Stage> stage;
  private final String baseName;
  private final @Nullable Platform platform;
  private final Statement where;
  private final List<Command> commands;
  private @Nullable StageDraft base;
  private @Nullable NamedContext context;
  private boolean source;

  /**
   * Makes a stage of the file.
   *
   * @param baseName what it is built from: a stage, an image, {@code scratch}
   * @param platform what its FROM says, or null
   */
  StageDraft(Stage stage, String baseName, @Nullable Platform platform) {
    this(
        Optional.of(stage),
        baseName,
        platform,
        stage.header(),
        stage.statements().stream().map(Command::of).toList());
  }

  private StageDraft(
      Optional<Stage> stage,
      String baseName,
      @Nullable Platform platform,
      Statement where,
      List<Command> commands) {
    this.stage = stage;
    this.baseName = baseName;
    this.platform = platform;
    this.where = where;
    this.commands = new ArrayList<>(commands);
  }

  /** Returns a stage that stands for an image or a named context which is only copied from. */
  static StageDraft source(String name, Statement where) {
    StageDraft draft = new StageDraft(Optional.empty(), name, null, where, List.of());
    draft.source = true;
    return draft;
  }

  /** Returns the stage of the file; empty if it is only copied from. */
  Optional<Stage> stage() {
    return stage;
  }

  /** Returns its name in lower case, or {@code ""}. */
  String name() {
    return stage.flatMap(Stage::name).orElse("");
  }

  String baseName() {
    return baseName;
  }

  @Nullable
  Platform platformOrNull() {
    return platform;
  }

  Statement where() {
    return where;
  }

  List<Command> commands() {
    return commands;
  }

  @Nullable
  StageDraft baseOrNull() {
    return base;
  }

  void base(StageDraft stage) {
    base = stage;
  }

  @Nullable
  NamedContext contextOrNull() {
    return context;
  }

  /** Makes the stage stand for what the caller gave under its name. */
  void replaceBy(NamedContext given) {
    context = given;
    commands.clear();
    source = true;
  }

  /** Tells whether it has no instructions of its own to carry out. */
  boolean isSource() {
    return source;
  }

  /** Tells whether it is a stage of the file that what the caller gave stands for. */
  boolean isReplaced() {
    return source && stage.isPresent();
  }

  boolean isScratch() {
    return base == null && context == null && baseName.equals("scratch");
  }
}
