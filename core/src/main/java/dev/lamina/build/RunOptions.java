// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.SecurityMode;
import dev.lamina.spi.StepException;
import dev.lamina.spi.Ulimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What all RUN steps of a build see. Nothing of it is an input of the cache, as with {@code docker
 * build}.
 *
 * @param network the network of steps that ask for none
 * @param hostAllowed whether a step may ask for the host's network
 * @param insecureAllowed whether a step may ask not to be confined
 * @param hostname the host name; without it the engine's
 * @param extraHosts lines for {@code /etc/hosts}: host name to address
 * @param ulimits limits
 * @param shmSize size of {@code /dev/shm} in bytes
 * @param timeout how long a process may run
 */
public record RunOptions(
    NetworkMode network,
    boolean hostAllowed,
    boolean insecureAllowed,
    Optional<String> hostname,
    Map<String, String> extraHosts,
    List<Ulimit> ulimits,
    OptionalLong shmSize,
    Optional<Duration> timeout) {

  /** Copies maps and lists. */
  public RunOptions {
    extraHosts = new LinkedHashMap<>(extraHosts);
    ulimits = List.copyOf(ulimits);
  }

  /** Returns the engine's defaults, with nothing allowed that Docker wants to be asked for. */
  public static RunOptions defaults() {
    return new RunOptions(
        NetworkMode.DEFAULT,
        false,
        false,
        Optional.empty(),
        Map.of(),
        List.of(),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** Returns lines for {@code /etc/hosts}: host name to address. */
  @Override
  public Map<String, String> extraHosts() {
    return new LinkedHashMap<>(extraHosts);
  }

  /** Returns these with another network for steps that ask for none. */
  public RunOptions withNetwork(NetworkMode mode) {
    return new RunOptions(
        mode, hostAllowed, insecureAllowed, hostname, extraHosts, ulimits, shmSize, timeout);
  }

  /** Returns these with the host's network allowed: the entitlement {@code network.host}. */
  public RunOptions allowingHostNetwork() {
    return new RunOptions(
        network, true, insecureAllowed, hostname, extraHosts, ulimits, shmSize, timeout);
  }

  /** Returns these with unconfined steps allowed: the entitlement {@code security.insecure}. */
  public RunOptions allowingInsecure() {
    return new RunOptions(
        network, hostAllowed, true, hostname, extraHosts, ulimits, shmSize, timeout);
  }

  /** Returns these with another host name. */
  public RunOptions withHostname(String name) {
    return new RunOptions(
        network,
        hostAllowed,
        insecureAllowed,
        Optional.of(name),
        extraHosts,
        ulimits,
        shmSize,
        timeout);
  }

  /** Returns these with one more line in {@code /etc/hosts}. */
  public RunOptions withExtraHost(String name, String address) {
    Map<String, String> more = new LinkedHashMap<>(extraHosts);
    more.put(name, address);
    return new RunOptions(
        network, hostAllowed, insecureAllowed, hostname, more, ulimits, shmSize, timeout);
  }

  /** Returns these with one more limit. */
  public RunOptions withUlimit(Ulimit limit) {
    List<Ulimit> more = new ArrayList<>(ulimits);
    more.add(limit);
    return new RunOptions(
        network, hostAllowed, insecureAllowed, hostname, extraHosts, more, shmSize, timeout);
  }

  /** Returns these with another size of {@code /dev/shm}. */
  public RunOptions withShmSize(long bytes) {
    return new RunOptions(
        network,
        hostAllowed,
        insecureAllowed,
        hostname,
        extraHosts,
        ulimits,
        OptionalLong.of(bytes),
        timeout);
  }

  /**
   * Returns these with an end to patience: a process that runs for longer is ended with all that it
   * started, and its step fails.
   */
  public RunOptions withTimeout(Duration longest) {
    return new RunOptions(
        network,
        hostAllowed,
        insecureAllowed,
        hostname,
        extraHosts,
        ulimits,
        shmSize,
        Optional.of(longest));
  }

  /** Returns what of these a process sees, but for the addresses of other hosts, as BuildKit. */
  List<CacheInput> inputs() {
    List<CacheInput> inputs = new ArrayList<>();
    if (network != NetworkMode.DEFAULT) {
      inputs.add(new CacheInput("network of the build", network.name()));
    }
    hostname.ifPresent(name -> inputs.add(new CacheInput("host name of the build", name)));
    if (!extraHosts.isEmpty()) {
      inputs.add(new CacheInput("extra hosts", extraHosts.keySet().toString()));
    }
    if (!ulimits.isEmpty()) {
      inputs.add(new CacheInput("ulimits", ulimits.toString()));
    }
    shmSize.ifPresent(size -> inputs.add(new CacheInput("shm size", String.valueOf(size))));
    return inputs;
  }

  /** Returns a process with these options, or fails if it asks for what is not allowed. */
  ProcessSpec applyTo(ProcessSpec process) throws StepException {
    if (process.network() == NetworkMode.HOST && !hostAllowed) {
      throw new StepException("network.host is not allowed");
    }
    if (process.security() == SecurityMode.INSECURE && !insecureAllowed) {
      throw new StepException("security.insecure is not allowed");
    }
    return process.toBuilder()
        .network(process.network() == NetworkMode.DEFAULT ? network : process.network())
        .hostname(hostname.orElse(process.hostname()))
        .extraHosts(extraHosts)
        .ulimits(ulimits)
        .shmSize(shmSize)
        .build();
  }
}
