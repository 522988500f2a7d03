// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.spi.CredentialProvider;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How registries are reached. Immutable: each {@code with…} returns a copy.
 *
 * <p>{@link #DEFAULT} takes the user's credentials and proxies as {@link ConfiguredCredentials} and
 * {@link EnvironmentProxies} find them, no mirrors, HTTPS only, and gives up on a peer that says
 * nothing for 30 seconds.
 */
public final class RegistryOptions {
  /** What is described above. */
  public static final RegistryOptions DEFAULT = new RegistryOptions(new Draft());

  private final CredentialProvider credentials;
  private final Map<String, List<URI>> mirrors;
  private final Set<String> insecure;
  private final List<Path> caCertificates;
  private final Optional<ProxySelector> proxies;
  private final Duration connectTimeout;
  private final Duration idleTimeout;
  private final int parallelism;
  private final int attempts;
  private final Duration firstDelay;
  private final long chunkSize;

  private RegistryOptions(Draft draft) {
    this.credentials = draft.credentials;
    this.mirrors = Map.copyOf(draft.mirrors);
    this.insecure = Set.copyOf(draft.insecure);
    this.caCertificates = List.copyOf(draft.caCertificates);
    this.proxies = draft.proxies;
    this.connectTimeout = draft.connectTimeout;
    this.idleTimeout = draft.idleTimeout;
    this.parallelism = draft.parallelism;
    this.attempts = draft.attempts;
    this.firstDelay = draft.firstDelay;
    this.chunkSize = draft.chunkSize;
  }

  /** Returns this with credentials that are asked for before those it had. */
  public RegistryOptions withCredentials(CredentialProvider provider) {
    Draft draft = new Draft(this);
    draft.credentials = provider.orElse(credentials);
    return new RegistryOptions(draft);
  }

  /** Returns this with these credentials and no others. */
  public RegistryOptions withOnlyCredentials(CredentialProvider provider) {
    Draft draft = new Draft(this);
    draft.credentials = provider;
    return new RegistryOptions(draft);
  }

  /**
   * Returns this with a mirror of a registry, asked before it when pulling, after mirrors added
   * earlier. A mirror that doesn't have an image, or isn't there, is passed over.
   *
   * @param registry as references have it: {@code docker.io}
   * @param mirror {@code https://host[:port][/prefix]}
   */
  public RegistryOptions withMirror(String registry, URI mirror) {
    Draft draft = new Draft(this);
    List<URI> list = new ArrayList<>(mirrors.getOrDefault(registry, List.of()));
    list.add(mirror);
    draft.mirrors.put(registry, List.copyOf(list));
    return new RegistryOptions(draft);
  }

  /**
   * Returns this with a registry allowed to speak HTTPS with any certificate, or plain HTTP. Its
   * credentials are sent all the same.
   *
   * @param registry as references have it: {@code localhost:5000}
   */
  public RegistryOptions withInsecure(String registry) {
    Draft draft = new Draft(this);
    draft.insecure.add(registry);
    return new RegistryOptions(draft);
  }

  /** Returns this with the certificates in a PEM file trusted beside the JVM's own. */
  public RegistryOptions withCaCertificates(Path pem) {
    Draft draft = new Draft(this);
    draft.caCertificates.add(pem);
    return new RegistryOptions(draft);
  }

  /** Returns this with other proxies than the environment names, {@link EnvironmentProxies}. */
  public RegistryOptions withProxies(ProxySelector selector) {
    Draft draft = new Draft(this);
    draft.proxies = Optional.of(selector);
    return new RegistryOptions(draft);
  }

  /**
   * Returns this with other limits on waiting.
   *
   * @param connect for a connection
   * @param idle for the next byte, in either direction
   */
  public RegistryOptions withTimeouts(Duration connect, Duration idle) {
    Draft draft = new Draft(this);
    draft.connectTimeout = requirePositive("connect timeout", connect);
    draft.idleTimeout = requirePositive("idle timeout", idle);
    return new RegistryOptions(draft);
  }

  /** Returns this with so many blobs of an image transferred at once; at least 1, 4 by default. */
  public RegistryOptions withParallelism(int blobs) {
    Draft draft = new Draft(this);
    draft.parallelism = requireAtLeast1("parallelism", blobs);
    return new RegistryOptions(draft);
  }

  /**
   * Returns this with other retries of what a registry may answer differently next time.
   *
   * @param times how often a request is sent at most; at least 1, 5 by default
   * @param delay before the second time, doubled each time; 500 ms by default. A registry's
   *     Retry-After goes before it, up to a minute
   */
  public RegistryOptions withAttempts(int times, Duration delay) {
    Draft draft = new Draft(this);
    draft.attempts = requireAtLeast1("attempts", times);
    draft.firstDelay = delay;
    return new RegistryOptions(draft);
  }

  /** Returns this with blobs uploaded in chunks of this many bytes; 0, the default, is in one. */
  public RegistryOptions withChunkSize(long bytes) {
    Draft draft = new Draft(this);
    draft.chunkSize = bytes;
    return new RegistryOptions(draft);
  }

  CredentialProvider credentials() {
    return credentials;
  }

  List<URI> mirrors(String registry) {
    return mirrors.getOrDefault(registry, List.of());
  }

  boolean isInsecure(String registry) {
    return insecure.contains(registry);
  }

  List<Path> caCertificates() {
    return caCertificates;
  }

  ProxySelector proxies() {
    return proxies.orElseGet(() -> EnvironmentProxies.of(System.getenv()));
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration idleTimeout() {
    return idleTimeout;
  }

  int parallelism() {
    return parallelism;
  }

  int attempts() {
    return attempts;
  }

  Duration firstDelay() {
    return firstDelay;
  }

  long chunkSize() {
    return chunkSize;
  }

  private static Duration requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + ": expected more than zero, found " + duration);
    }
    return duration;
  }

  private static int requireAtLeast1(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, found " + value);
    }
    return value;
  }

  /** The options while a copy is made. */
  private static final class Draft {
    private CredentialProvider credentials = ConfiguredCredentials.ofUser();
    private Map<String, List<URI>> mirrors = new HashMap<>();
    private Set<String> insecure = new HashSet<>();
    private List<Path> caCertificates = new ArrayList<>();
    private Optional<ProxySelector> proxies = Optional.empty();
    private Duration connectTimeout = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofSeconds(30);
    private int parallelism = 4;
    private int attempts = 5;
    private Duration firstDelay = Duration.ofMillis(500);
    private long chunkSize;

    Draft() {}

    Draft(RegistryOptions options) {
      this.credentials = options.credentials;
      this.mirrors = new HashMap<>(options.mirrors);
      this.insecure = new HashSet<>(options.insecure);
      this.caCertificates = new ArrayList<>(options.caCertificates);
      this.proxies = options.proxies;
      this.connectTimeout = options.connectTimeout;
      this.idleTimeout = options.idleTimeout;
      this.parallelism = options.parallelism;
      this.attempts = options.attempts;
      this.firstDelay = options.firstDelay;
      this.chunkSize = options.chunkSize;
    }
  }
}
