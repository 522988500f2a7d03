// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Copy;
import dev.lamina.dockerfile.Custom;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.MountFlag;
import dev.lamina.dockerfile.Run;
import dev.lamina.dockerfile.Statement;
import dev.lamina.spi.StepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.annotation.Nullable;

/**
 * The stages of a Dockerfile, found by name or number, and which takes from which. Names ignore
 * letter case; of two stages with one name the last counts, except as a base, where the last one
 * before counts.
 */
final class StageGraph {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}");

  private final List<StageDraft> stages = new ArrayList<>();
  private final Map<String, StageDraft> byName = new HashMap<>();
  private final Map<String, StageDraft> images = new HashMap<>();

  List<StageDraft> stages() {
    return stages;
  }

  /** Adds the next stage; a stage added before whose name is its base's is its base. */
  void add(StageDraft stage) {
    stages.add(stage);
    StageDraft base = byName.get(stage.baseName());
    if (base != null && stage.contextOrNull() == null) {
      stage.base(base);
    }
    if (!stage.name().isEmpty()) {
      byName.put(stage.name(), stage);
    }
  }

  Optional<StageDraft> find(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Returns what {@code --from} means: a stage by name or number, or else an image or context. */
  StageDraft source(String from, boolean numbers, Statement where) throws StepException {
    Optional<StageDraft> named = find(from);
    if (named.isPresent()) {
      return named.get();
    }
    if (numbers && NUMBER.matcher(from).matches()) {
      int number = Integer.parseInt(from);
      if (number < 0 || number >= stages.size()) {
        throw new StepException("invalid stage index " + number);
      }
      return stages.get(number);
    }
    StageDraft known = images.get(from);
    if (known != null) {
      return known;
    }
    StageDraft image = StageDraft.source(from, where);
    stages.add(image);
    images.put(from, image);
    return image;
  }

  /** Notes what a command takes from. */
  void connect(StageDraft stage, Command command) throws StepException {
    for (Source source : sources(command.instruction())) {
      stage.need(source(source.name, source.numbers, command.where()), command);
    }
  }

  private record Source(String name, boolean numbers) {}

  private static List<Source> sources(Instruction instruction) throws StepException {
    if (instruction instanceof Copy copy && copy.from().isPresent()) {
      return List.of(new Source(copy.from().get(), true));
    }
    if (instruction instanceof Run run) {
      return run.mounts().stream()
          .map(MountFlag::from)
          .flatMap(Optional::stream)
          .map(name -> new Source(name, false))
          .toList();
    }
    if (instruction instanceof Custom custom) {
      return custom.flags().stream()
          .filter(flag -> flag.name().equals("from"))
          .flatMap(flag -> flag.value().stream())
          .map(name -> new Source(name, true))
          .toList();
    }
    return List.of();
  }

  /** Fails if a stage takes from itself, directly or not. */
  void requireNoCycle() throws BuildException {
    Set<StageDraft> visited = new HashSet<>();
    for (StageDraft stage : stages) {
      Command closing = closingOrNull(stage, visited, new HashSet<>());
      if (closing != null) {
        throw BuildException.at(
            closing.where(),
            new StepException("circular dependency detected on stage: " + label(stage)));
      }
    }
  }

  /** Returns the command that closes a cycle reached from a stage, or null if there is none. */
  private static @Nullable Command closingOrNull(
      StageDraft stage, Set<StageDraft> visited, Set<StageDraft> path) {
    if (!visited.add(stage)) {
      return null;
    }
    path.add(stage);
    for (Map.Entry<StageDraft, Command> need : stage.needs().entrySet()) {
      if (path.contains(need.getKey())) {
        return need.getValue();
      }
      Command closing = closingOrNull(need.getKey(), visited, path);
      if (closing != null) {
        return closing;
      }
    }
    path.remove(stage);
    return null;
  }

  /** Returns what to call a stage: its name, or {@code stage-2}. */
  String label(StageDraft stage) {
    return stage.name().isEmpty() ? "stage-" + stages.indexOf(stage) : stage.name();
  }
}
