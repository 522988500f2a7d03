// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.instruction.PlannedCommand;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.Platform;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.LayerWork;
import dev.lamina.spi.StepCommand;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one command of a stage sees and says. */
final class CommandContext implements StepContext {
  private final Planner planner;
  private final StagePlanner stage;
  private final Command command;
  private final List<PlannedSource> sources = new ArrayList<>();

  CommandContext(Planner planner, StagePlanner stage, Command command) {
    this.planner = planner;
    this.stage = stage;
    this.command = command;
  }

  @Override
  public Platform platform() {
    return stage.platform();
  }

  @Override
  public List<Instruction> before() {
    return List.copyOf(stage.done());
  }

  @Override
  public ContainerConfig config() {
    return stage.config();
  }

  @Override
  public void config(ContainerConfig next) {
    stage.config(next);
  }

  @Override
  public void author(String name) {
    stage.author(name);
  }

  @Override
  public Map<String, String> variables() {
    return stage.scope().variables();
  }

  @Override
  public void variable(String name, String value) {
    stage.scope().set(name, value);
  }

  @Override
  public String expand(String word) throws StepException {
    return stage.scope().expand(word, stage.expander());
  }

  @Override
  public List<String> expandToWords(String word) throws StepException {
    return stage.scope().split(word, stage.expander());
  }

  @Override
  public Optional<String> givenArgument(String name) {
    return Optional.ofNullable(planner.request().arguments().get(name));
  }

  @Override
  public Optional<String> globalArgument(String name) {
    return planner.globals().value(name);
  }

  @Override
  public void declareArgument(String name, Optional<String> value) {
    stage.scope().declare(name, value);
  }

  @Override
  public Map<String, Optional<String>> declaredArguments() {
    return stage.scope().arguments();
  }

  @Override
  public Optional<Instant> epoch() {
    return planner.request().epoch();
  }

  @Override
  public FileSource buildContext() {
    return remember(planner.buildContext());
  }

  @Override
  public FileSource source(String from) throws StepException {
    return remember(planner.source(from, stage.draft(), command));
  }

  private PlannedSource remember(PlannedSource source) {
    if (!sources.contains(source)) {
      sources.add(source);
    }
    return source;
  }

  @Override
  public void history(String createdBy) {
    stage.add(command, createdBy, Optional.empty(), List.of());
  }

  @Override
  public void layer(String createdBy, LayerWork work) {
    stage.add(command, createdBy, Optional.of(work), sources);
  }

  @Override
  public void perform(String line) throws IOException {
    try {
      Instruction instruction = Instruction.parse(line, planner.options());
      planner.execute(stage.expanded(instruction), this);
    } catch (DockerfileSyntaxException e) {
      throw new StepException(line + ": " + e.problem(), e);
    }
  }

  @Override
  public StepCommand command(String... arguments) {
    return PlannedCommand.of(List.of(arguments), this);
  }

  @Override
  public StepCommand shell(String line) {
    return PlannedCommand.shell(line, this);
  }

  @Override
  public void warn(String rule, String message) {
    stage.warn(command, rule, message);
  }
}
