// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import dev.lamina.spi.Probe;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An engine that gives back what processes did when they were run for real once: their changes,
 * exit codes and output, kept in a folder that is checked in beside the tests.
 *
 * <pre>{@code
 * RunRecording runs = RunRecording.in(Path.of("src/test/resources/runs"));
 * builder.engine(runs.recordedBy(RunEngines.host().choose())).build();  // once, on Linux
 * builder.engine(runs).build();                                         // anywhere
 * }</pre>
 *
 * <p>What a process did is found by its inputs: the command, environment, user, network, what is
 * mounted, and the files it found, whose times don't count. Values of secrets are neither inputs
 * nor kept, unless the process wrote them to its files or output. One that reads stdin, or runs
 * beside another, can't be recorded. The output kept is the first MiB of each stream. Immutable;
 * safe for use by several threads.
 */
public final class RunRecording implements RunEngine {
  private final Path folder;
  private final Optional<RunEngine> recorder;
  private final RunInputs inputs;

  private RunRecording(Path folder, Optional<RunEngine> recorder, RunInputs inputs) {
    this.folder = folder;
    this.recorder = recorder;
    this.inputs = inputs;
  }

  /** Returns an engine that knows what is recorded in a folder, and nothing else. */
  public static RunRecording in(Path folder) {
    return new RunRecording(folder, Optional.empty(), new RunInputs());
  }

  /** Returns this with an engine that runs what is not recorded yet; that is recorded then. */
  public RunRecording recordedBy(RunEngine engine) {
    return new RunRecording(folder, Optional.of(engine), inputs);
  }

  /** Returns why a process can't be given back: which inputs differ from those that are there. */
  RunException unknown(Map<String, String> wanted) throws IOException {
    String command = String.valueOf(wanted.get(RunInputs.COMMAND));
    List<RecordedRun> all = RecordedRun.all(folder);
    StringBuilder message = new StringBuilder("recorded run of \"" + command + "\": ");
    List<RecordedRun> same =
        all.stream().filter(each -> command.equals(each.inputs().get(RunInputs.COMMAND))).toList();
    if (same.isEmpty()) {
      message.append("expected one in ").append(folder).append(", found");
      all.stream()
          .map(each -> String.valueOf(each.inputs().get(RunInputs.COMMAND)))
          .distinct()
          .forEach(each -> message.append("\n    ").append(each));
      return new RunException(message.append(all.isEmpty() ? " none" : "").toString());
    }
    message.append("expected the same inputs, found others in ").append(folder);
    for (RecordedRun each : same) {
      message.append("\n    ").append(String.join(", ", differences(wanted, each.inputs())));
    }
    return new RunException(message.append("\n  record it again").toString());
  }

  private static List<String> differences(Map<String, String> wanted, Map<String, String> found) {
    List<String> names = new ArrayList<>();
    wanted.forEach(
        (name, value) -> {
          if (!value.equals(found.get(name))) {
            names.add(name);
          }
        });
    found.keySet().stream().filter(name -> !wanted.containsKey(name)).forEach(names::add);
    return names;
  }

  Path folder() {
    return folder;
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public Probe probe() {
    return recorder.isPresent()
        ? recorder.get().probe()
        : new Probe.Available("what is recorded in " + folder, List.of());
  }

  @Override
  public RunSession open(RootFs root, Path home) throws IOException {
    return new RecordingSession(
        this, root, inputs.root(root), recorder.map(engine -> () -> engine.open(root, home)));
  }
}
