// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.store.LocalStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Instructions that were given as calls, stage by stage.
 *
 * @param globals the ARG instructions before the first stage
 * @param stages the stages; calls add to the last
 */
record FluentScript(List<String> globals, List<Stage> stages) implements Script {
  FluentScript {
    globals = List.copyOf(globals);
    stages = List.copyOf(stages);
  }

  /**
   * A stage.
   *
   * @param from what stands behind FROM, but for the name
   * @param name its name, or nothing
   * @param instructions what follows
   */
  record Stage(String from, String name, List<String> instructions) {
    Stage {
      from = Words.line(from);
      instructions = List.copyOf(instructions);
    }

    private void write(StringBuilder text) {
      text.append("FROM ").append(from).append(name.isEmpty() ? "" : " AS " + name).append('\n');
      instructions.forEach(instruction -> text.append(instruction).append('\n'));
    }
  }

  static FluentScript from(String image) {
    return new FluentScript(List.of(), List.of(new Stage(image, "", List.of())));
  }

  private Stage last() {
    return stages.get(stages.size() - 1);
  }

  private FluentScript withLast(Stage last) {
    List<Stage> changed = new ArrayList<>(stages);
    changed.set(changed.size() - 1, last);
    return new FluentScript(globals, changed);
  }

  @Override
  public FluentScript plus(String instruction) {
    List<String> more = new ArrayList<>(last().instructions);
    more.add(instruction.stripTrailing());
    return withLast(new Stage(last().from, last().name, more));
  }

  FluentScript named(String name) {
    return withLast(new Stage(last().from, Words.plain(name), last().instructions));
  }

  FluentScript plusGlobal(String argument) {
    List<String> more = new ArrayList<>(globals);
    more.add(argument);
    return new FluentScript(more, stages);
  }

  /** Returns this with the stages of another script before the last, the last of them renamed. */
  FluentScript after(FluentScript other, String name) {
    List<Stage> all = new ArrayList<>(stages.subList(0, stages.size() - 1));
    all.addAll(other.named(name).stages);
    all.add(last());
    List<String> arguments = new ArrayList<>(globals);
    other.globals.stream().filter(argument -> !globals.contains(argument)).forEach(arguments::add);
    return new FluentScript(arguments, all);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    globals.forEach(argument -> text.append(argument).append('\n'));
    for (Stage stage : stages) {
      text.append(text.length() == 0 ? "" : "\n");
      stage.write(text);
    }
    return text.toString();
  }

  @Override
  public Read read(LocalStore store) {
    return new Read(text().getBytes(StandardCharsets.UTF_8), "Dockerfile", Optional.empty());
  }

  @Override
  public String toString() {
    return text();
  }
}
