// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.Probe;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the engine to run with.
 *
 * <pre>{@code
 * RunEngine engine = RunEngines.host().choose();        // the first that works here
 * RunEngine runc = RunEngines.host().require("runc");   // this one, or an error that says why not
 * }</pre>
 *
 * <p>An engine works if it ran the probe's command; that a program is there says little. The answer
 * is remembered for as long as this object lives. Safe for use by several threads.
 */
public final class RunEngines {
  private static final RunEngines HOST =
      new RunEngines(
          List.of(
              HostEngine.oci("runc"),
              HostEngine.oci("crun"),
              HostEngine.bubblewrap(),
              HostEngine.unshare(),
              ServiceEngine.of("docker"),
              ServiceEngine.of("podman")));

  private final List<RunEngine> engines;
  private final Map<String, Probe> probes = new ConcurrentHashMap<>();

  private RunEngines(List<RunEngine> engines) {
    this.engines = List.copyOf(engines);
  }

  /** Returns the engines that come with Lamina, the best first. */
  public static RunEngines host() {
    return HOST;
  }

  /**
   * Returns an engine that hands each step to a container service, by a program with Docker's
   * command line: for one that is elsewhere, or isn't asked before all others.
   *
   * @param command program and first arguments, such as {@code docker --context far}
   */
  public static RunEngine service(String... command) {
    if (command.length == 0) {
      throw new IllegalArgumentException("command: expected a program, found nothing");
    }
    return ServiceEngine.of(command);
  }

  /** Returns a choice of engines, the best first. */
  public static RunEngines of(List<RunEngine> engines) {
    return new RunEngines(engines);
  }

  /** Returns the engines' names, the best first. */
  public List<String> names() {
    return engines.stream().map(RunEngine::name).toList();
  }

  /**
   * Returns the first engine that works here.
   *
   * @throws NoRunEngineException if none does
   */
  public RunEngine choose() throws NoRunEngineException {
    Map<String, Probe.Unavailable> answers = new LinkedHashMap<>();
    for (RunEngine engine : engines) {
      if (!(probe(engine) instanceof Probe.Unavailable answer)) {
        return engine;
      }
      answers.put(engine.name(), answer);
    }
    throw new NoRunEngineException(answers);
  }

  /**
   * Returns the engine of that name, if it works here.
   *
   * @throws NoRunEngineException if it doesn't
   * @throws RunException if there is no such engine
   */
  public RunEngine require(String name) throws RunException {
    for (RunEngine engine : engines) {
      if (engine.name().equals(name)) {
        if (probe(engine) instanceof Probe.Unavailable answer) {
          throw new NoRunEngineException(Map.of(name, answer));
        }
        return engine;
      }
    }
    throw new RunException("RUN engine: expected one of " + names() + ", found " + name);
  }

  /**
   * Returns what keeps the layers of these engines apart from those of others in the build cache;
   * see {@link RunEngine#distinction}. Tries none of them.
   */
  public Optional<String> distinction() {
    List<String> all = engines.stream().flatMap(engine -> engine.distinction().stream()).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  private Probe probe(RunEngine engine) {
    return probes.computeIfAbsent(engine.name(), name -> engine.probe());
  }
}
