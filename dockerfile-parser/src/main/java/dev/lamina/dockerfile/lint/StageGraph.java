// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Copy;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.MountFlag;
import dev.lamina.dockerfile.Run;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Letters;
import dev.lamina.dockerfile.text.Suggestion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which stage takes from which: what it is built from, copies from and mounts. */
final class StageGraph {

  private final List<StageDraft> drafts;
  private final Map<String, StageDraft> byName = new HashMap<>();

  StageGraph(List<StageDraft> drafts) {
    this.drafts = drafts;
    for (StageDraft draft : drafts) {
      draft.stage().name().ifPresent(name -> byName.put(name, draft));
    }
  }

  /**
   * Marks the stages that a target needs.
   *
   * @param target the stage to build; empty: all
   */
  void markNeeded(Optional<String> target) throws DockerfileSyntaxException {
    if (target.isEmpty() || drafts.isEmpty()) {
      drafts.forEach(StageDraft::setNeeded);
      return;
    }
    StageDraft start = byName.get(Letters.lower(target.get()));
    if (start == null) {
      Statement last = drafts.get(drafts.size() - 1).stage().header();
      throw last.error(
          "target stage "
              + GoQuote.quote(target.get())
              + " could not be found"
              + Suggestion.of(target.get(), drafts.stream().map(StageDraft::name).toList()));
    }
    Deque<StageDraft> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      StageDraft draft = open.pop();
      if (!draft.isNeeded()) {
        draft.setNeeded();
        draft.base().ifPresent(open::push);
        uses(draft).forEach(use -> open.push(use.source()));
      }
    }
  }

  /** Complains about stages that take from each other. */
  void requireNoCircle() throws DockerfileSyntaxException {
    Set<StageDraft> visited = new HashSet<>();
    for (StageDraft draft : drafts) {
      requireNoCircle(draft, visited);
    }
  }

  private void requireNoCircle(StageDraft start, Set<StageDraft> visited)
      throws DockerfileSyntaxException {
    Deque<Iterator<Use>> path = new ArrayDeque<>();
    Deque<StageDraft> onPath = new ArrayDeque<>();
    Set<StageDraft> members = new HashSet<>();
    Deque<Statement> trail = new ArrayDeque<>();
    if (visited.add(start)) {
      path.push(uses(start).iterator());
      onPath.push(start);
      members.add(start);
    }
    while (!path.isEmpty()) {
      if (!path.peek().hasNext()) {
        path.pop();
        members.remove(onPath.pop());
        trail.poll();
        continue;
      }
      Use use = path.peek().next();
      if (members.contains(use.source())) {
        throw use.statement().error("circular dependency detected on stage: " + start.name());
      }
      if (visited.add(use.source())) {
        path.push(uses(use.source()).iterator());
        onPath.push(use.source());
        trail.push(use.statement());
        members.add(use.source());
      }
    }
  }

  /** A statement that takes from a stage. */
  private record Use(Statement statement, StageDraft source) {}

  private List<Use> uses(StageDraft draft) {
    List<Use> uses = new ArrayList<>();
    for (Statement statement : draft.stage().statements()) {
      for (String name : sources(statement.instruction())) {
        find(name).ifPresent(source -> uses.add(new Use(statement, source)));
      }
    }
    return uses;
  }

  private static List<String> sources(Instruction instruction) {
    if (instruction instanceof Copy copy) {
      return copy.from().stream().toList();
    }
    if (instruction instanceof Run run) {
      return run.mounts().stream()
          .map(MountFlag::from)
          .map(from -> from.orElse("scratch"))
          .toList();
    }
    return List.of();
  }

  /** Returns the stage that {@code --from} or {@code from=} means, if it is one. */
  Optional<StageDraft> find(String name) {
    boolean number = name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number && !name.isEmpty()) {
      int index = Integer.parseInt(name);
      return index < drafts.size() ? Optional.of(drafts.get(index)) : Optional.empty();
    }
    return Optional.ofNullable(byName.get(Letters.lower(name)));
  }
}
