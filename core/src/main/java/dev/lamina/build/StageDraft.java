// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Statement;
import dev.lamina.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * A stage while the stages' graph is drawn: what it stands on and what it needs. What is only
 * copied from, an image or a named context, is a stage without instructions.
 */
final class StageDraft {
  private final String name;
  private final String baseName;
  private final @Nullable Platform platform;
  private final Statement where;
  private final List<Command> commands;
  private final Map<StageDraft, Command> needs = new LinkedHashMap<>();
  private @Nullable StageDraft base;
  private @Nullable NamedContext context;
  private boolean source;

  /**
   * Makes a stage.
   *
   * @param name its name in lower case, or {@code ""}
   * @param baseName what it is built from: a stage, an image, {@code scratch}
   * @param platform what its FROM says, or null
   * @param where where that is said
   * @param commands its instructions
   */
  StageDraft(
      String name,
      String baseName,
      @Nullable Platform platform,
      Statement where,
      List<Command> commands) {
    this.name = name;
    this.baseName = baseName;
    this.platform = platform;
    this.where = where;
    this.commands = new ArrayList<>(commands);
  }

  /** Returns a stage that stands for an image or a named context which is only copied from. */
  static StageDraft source(String name, Statement where) {
    StageDraft draft = new StageDraft("", name, null, where, List.of());
    draft.source = true;
    return draft;
  }

  String name() {
    return name;
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

  /** Returns the stages its instructions take from, each with the last instruction that does. */
  Map<StageDraft, Command> needs() {
    return needs;
  }

  void need(StageDraft other, Command command) {
    needs.put(other, command);
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
    base = null;
    commands.clear();
    source = true;
  }

  /** Tells whether it has no instructions of its own to carry out. */
  boolean isSource() {
    return source;
  }

  boolean isScratch() {
    return base == null && context == null && baseName.equals("scratch");
  }

  /** Returns this and all that it needs, directly or not. */
  Set<StageDraft> reachable() {
    Set<StageDraft> found = new LinkedHashSet<>();
    List<StageDraft> open = new ArrayList<>(List.of(this));
    while (!open.isEmpty()) {
      StageDraft next = open.remove(open.size() - 1);
      if (found.add(next)) {
        open.addAll(next.needs.keySet());
        if (next.base != null) {
          open.add(next.base);
        }
      }
    }
    return found;
  }
}
