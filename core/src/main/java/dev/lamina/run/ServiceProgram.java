// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunException;
import dev.lamina.tar.TarFormatException;
import dev.lamina.task.HostProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A program that speaks to a container service by Docker's command line, with the environment of
 * this JVM: {@code DOCKER_HOST} and contexts count.
 *
 * @param command the program and its first arguments
 */
record ServiceProgram(List<String> command) {
  ServiceProgram {
    command = List.copyOf(command);
  }

  /** Returns the program's own name, without its folder. */
  String name() {
    String program = command.get(0);
    return program.substring(program.lastIndexOf('/') + 1);
  }

  /** Tells whether this is podman, which differs from docker in a few things. */
  boolean isPodman() {
    return command.stream().anyMatch(word -> word.equals("podman") || word.endsWith("/podman"));
  }

  private List<String> with(List<String> arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    return all;
  }

  /** Starts a command; its streams are pipes. */
  Process start(List<String> arguments) throws RunException {
    return start(arguments, Map.of());
  }

  /** Runs a command to its end, and returns what came of it. */
  HostProcess.Result<String> run(
      List<String> arguments, Map<String, String> environment, HostProcess.Feeder feeder)
      throws IOException {
    return attend(start(arguments, environment), feeder);
  }

  /** Runs a command that may not answer; empty if it takes longer, and was ended therefore. */
  Optional<HostProcess.Result<String>> runWithin(Duration patience, List<String> arguments)
      throws IOException {
    Process process = start(arguments, Map.of());
    AtomicBoolean late = new AtomicBoolean();
    CompletableFuture<Process> unused =
        process
            .onExit()
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (ended, failure) -> {
                  if (failure != null) {
                    late.set(true);
                    process.destroyForcibly();
                  }
                });
    HostProcess.Result<String> result = attend(process, stdin -> {});
    return late.get() ? Optional.empty() : Optional.of(result);
  }

  private Process start(List<String> arguments, Map<String, String> environment)
      throws RunException {
    ProcessBuilder builder = new ProcessBuilder(with(arguments));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new RunException(command.get(0) + ": " + e.getMessage(), e);
    }
  }

  private HostProcess.Result<String> attend(Process process, HostProcess.Feeder feeder)
      throws IOException {
    return HostCommand.attend(
        command.get(0),
        process,
        feeder,
        out -> new String(out.readAllBytes(), StandardCharsets.UTF_8));
  }

  /** Runs a command that must succeed, and returns what it printed, without blanks around. */
  String require(List<String> arguments, HostProcess.Feeder feeder) throws IOException {
    return require(arguments, Map.of(), feeder);
  }

  /** Runs a command with more variables in its environment, which must succeed. */
  String require(List<String> arguments, Map<String, String> environment, HostProcess.Feeder feeder)
      throws IOException {
    HostProcess.Result<String> result = run(arguments, environment, feeder);
    if (result.exitCode() != 0) {
      throw failed(arguments.get(0), result.exitCode(), result.stderr());
    }
    return result.output().strip();
  }

  /** Runs a command that must succeed and reads nothing. */
  String require(String... arguments) throws IOException {
    return require(List.of(arguments), stdin -> {});
  }

  private RunException failed(String subcommand, int code, String stderr) {
    return new RunException(
        name()
            + " "
            + subcommand
            + ": expected exit code 0, found "
            + code
            + ": "
            + HostCommand.last(stderr));
  }

  /** Runs a command, and returns what it printed, without blanks around; nothing if it failed. */
  String answer(List<String> arguments) throws IOException {
    HostProcess.Result<String> result = run(arguments, Map.of(), stdin -> {});
    return result.exitCode() == 0 ? result.output().strip() : "";
  }

  /** Runs a command whose output is read as it comes. */
  <T> HostProcess.Result<T> drain(List<String> arguments, HostProcess.Drain<T> drain)
      throws IOException {
    return HostCommand.attend(command.get(0), start(arguments, Map.of()), stdin -> {}, drain);
  }

  /** What reads a tar. */
  @FunctionalInterface
  interface TarReading {
    void read(InputStream tar) throws IOException;
  }

  /**
   * Runs a command that writes a tar; that it failed says more than that its output is cut off.
   *
   * @param suffices asked of a command that failed: whether what was read is enough
   */
  void readTar(List<String> arguments, TarReading reading, BooleanSupplier suffices)
      throws IOException {
    HostProcess.Result<Optional<TarFormatException>> result =
        drain(
            arguments,
            out -> {
              try {
                reading.read(out);
                return Optional.empty();
              } catch (TarFormatException e) {
                out.close();
                return Optional.of(e);
              }
            });
    if (result.exitCode() != 0 && !suffices.getAsBoolean()) {
      throw failed(arguments.get(0), result.exitCode(), result.stderr());
    }
    if (result.output().isPresent()) {
      throw result.output().get();
    }
  }

  /** Runs a command whose failure changes nothing. */
  void attempt(List<String> arguments) throws IOException {
    HostProcess.Result<String> unused = run(arguments, Map.of(), stdin -> {});
  }
}
