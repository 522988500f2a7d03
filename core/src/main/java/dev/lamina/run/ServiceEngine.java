// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.Probe;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunSession;
import dev.lamina.task.HostProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs processes by a container service that is there already, through the program {@code docker}
 * or {@code podman}: also where this JVM's host is no Linux. The root is handed over as an image,
 * which stays there for whoever needs the same layers; of what a process did, the changes come
 * back.
 *
 * <p>One process of a session runs at a time. Folders that are mounted lie in the engine's folder,
 * which the service has to see under the same path, as Docker Desktop sees a user's home. Values of
 * secret variables stand in the service's description of the container as long as that is there.
 *
 * <p>A JVM that is killed can't end its container: the next session does. Safe for use by several
 * threads.
 */
final class ServiceEngine implements RunEngine {
  private static final String WARNING =
      "roots stay in the service as images called lamina-root; a bind mount needs a service that"
          + " sees this host's files; variables from secrets stand in the service's description of"
          + " the container while it is there";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServiceProgram program;
  private final Duration patience;

  private ServiceEngine(ServiceProgram program, Duration patience) {
    this.program = program;
    this.patience = patience;
  }

  /**
   * Returns an engine for a program.
   *
   * @param command program and first arguments: {@code docker --context far}
   */
  static ServiceEngine of(String... command) {
    return new ServiceEngine(new ServiceProgram(List.of(command)), PATIENCE);
  }

  /** Returns this engine with another time that its service may take to answer a probe. */
  ServiceEngine within(Duration newPatience) {
    return new ServiceEngine(program, newPatience);
  }

  @Override
  public String name() {
    return program.name();
  }

  @Override
  public Probe probe() {
    String remedy = "install " + name() + ", and start its service";
    List<String> command = List.of("version", "--format", "{{.Server.Os}} {{.Server.Version}}");
    try {
      Optional<HostProcess.Result<String>> result = program.runWithin(patience, command);
      if (result.isEmpty()) {
        String reason = "expected an answer within " + patience.toMillis() + " ms, found none";
        return new Probe.Unavailable(
            List.of(name(), "version"), OptionalInt.empty(), reason, remedy);
      }
      int code = result.get().exitCode();
      String answer = result.get().output().strip();
      if (code == 0 && answer.startsWith("linux")) {
        return new Probe.Available(name() + ", service of " + answer, List.of(WARNING));
      }
      String reason =
          code == 0
              ? "expected a service of Linux, found " + answer
              : HostCommand.last(result.get().stderr());
      return new Probe.Unavailable(
          List.of(name(), "version"), OptionalInt.of(code), reason, remedy);
    } catch (IOException e) {
      return new Probe.Unavailable(
          List.of(name()), OptionalInt.empty(), String.valueOf(e.getMessage()), remedy);
    }
  }

  @Override
  public RunSession open(RootFs root, Path folder) throws IOException {
    return ServiceSession.open(program, root, folder.toAbsolutePath().resolve(name()));
  }
}
