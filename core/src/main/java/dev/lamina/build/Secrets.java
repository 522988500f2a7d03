// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What RUN steps may see and images never hold: secrets by name, and sockets of SSH agents. Its
 * text shows names only. Immutable.
 */
public final class Secrets {
  private static final Secrets NONE = new Secrets(Map.of(), Map.of());

  private final Map<String, Source> secrets;
  private final Map<String, Path> agents;

  private interface Source {
    byte[] read() throws IOException;
  }

  private Secrets(Map<String, Source> secrets, Map<String, Path> agents) {
    this.secrets = Map.copyOf(secrets);
    this.agents = Map.copyOf(agents);
  }

  /** Returns no secrets. */
  public static Secrets none() {
    return NONE;
  }

  /** Returns these and a secret; its file is read when a step asks for it. */
  public Secrets withFile(String id, Path file) {
    return with(id, () -> Files.readAllBytes(file));
  }

  /** Returns these and a secret. */
  public Secrets withValue(String id, byte[] value) {
    byte[] copy = value.clone();
    return with(id, copy::clone);
  }

  /**
   * Returns these and the socket of an SSH agent; {@code default} is what RUN asks for by default.
   */
  public Secrets withSshAgent(String id, Path socket) {
    Map<String, Path> more = new HashMap<>(agents);
    more.put(id, socket);
    return new Secrets(secrets, more);
  }

  private Secrets with(String id, Source source) {
    Map<String, Source> more = new HashMap<>(secrets);
    more.put(id, source);
    return new Secrets(more, agents);
  }

  Optional<byte[]> secret(String id) throws IOException {
    Source source = secrets.get(id);
    return source == null ? Optional.empty() : Optional.of(source.read());
  }

  Optional<Path> sshAgent(String id) {
    return Optional.ofNullable(agents.get(id));
  }

  /** Returns the names. */
  @Override
  public String toString() {
    return "secrets " + secrets.keySet() + ", SSH agents " + agents.keySet();
  }
}
