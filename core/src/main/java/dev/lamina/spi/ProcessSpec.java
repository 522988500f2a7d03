// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What to run and how: immutable; {@link #toBuilder} makes a changed copy.
 *
 * @param argv the program and its arguments; a program without a slash is looked for in the
 *     environment's PATH
 * @param env the environment, complete: nothing is added but {@code HOME}, if it is missing
 * @param secretEnv more of the environment, whose values are written nowhere
 * @param workingDirectory an absolute path in the root; made, as the user's, if it is not there
 * @param user who runs it
 * @param mounts what is mounted in the root, in this order
 * @param network the network it sees
 * @param security how it is confined
 * @param hostname the host name it sees
 * @param extraHosts lines for {@code /etc/hosts}: host name to address
 * @param ulimits limits that differ from the JVM's own
 * @param shmSize the size of {@code /dev/shm} in bytes; empty for 64 MiB
 */
public record ProcessSpec(
    List<String> argv,
    Map<String, String> env,
    Map<String, String> secretEnv,
    String workingDirectory,
    ProcessUser user,
    List<Mount> mounts,
    NetworkMode network,
    SecurityMode security,
    String hostname,
    Map<String, String> extraHosts,
    List<Ulimit> ulimits,
    OptionalLong shmSize) {

  public ProcessSpec {
    argv = List.copyOf(argv);
    env = copyInOrder(env);
    secretEnv = copyInOrder(secretEnv);
    mounts = List.copyOf(mounts);
    extraHosts = copyInOrder(extraHosts);
    ulimits = List.copyOf(ulimits);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("argv: expected a program, found nothing");
    }
    if (!workingDirectory.startsWith("/")) {
      throw new IllegalArgumentException(
          "working directory: expected an absolute path, found '" + workingDirectory + "'");
    }
  }

  private static Map<String, String> copyInOrder(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Returns a builder for a command run as root in {@code /} with an empty environment. */
  public static Builder command(String... argv) {
    return command(List.of(argv));
  }

  /** Returns a builder for a command run as root in {@code /} with an empty environment. */
  public static Builder command(List<String> argv) {
    return new Builder(argv);
  }

  /** Returns a builder that starts with everything as it is here. */
  public Builder toBuilder() {
    return new Builder(argv)
        .env(env)
        .secretEnv(secretEnv)
        .workingDirectory(workingDirectory)
        .user(user)
        .mounts(mounts)
        .network(network)
        .security(security)
        .hostname(hostname)
        .extraHosts(extraHosts)
        .ulimits(ulimits)
        .shmSize(shmSize);
  }

  /** Shows everything but the values of {@link #secretEnv}. */
  @Override
  public String toString() {
    return "ProcessSpec["
        + argv
        + ", env="
        + env.keySet()
        + ", user="
        + user
        + ", in "
        + workingDirectory
        + "]";
  }

  /** Collects a {@link ProcessSpec}. Not safe for use by several threads. */
  public static final class Builder {
    private List<String> argv;
    private Map<String, String> env = Map.of();
    private Map<String, String> secretEnv = Map.of();
    private String workingDirectory = "/";
    private ProcessUser user = ProcessUser.ROOT;
    private final List<Mount> mounts = new ArrayList<>();
    private NetworkMode network = NetworkMode.DEFAULT;
    private SecurityMode security = SecurityMode.SANDBOX;
    private String hostname = "buildkitsandbox";
    private Map<String, String> extraHosts = Map.of();
    private List<Ulimit> ulimits = List.of();
    private OptionalLong shmSize = OptionalLong.empty();

    private Builder(List<String> argv) {
      this.argv = argv;
    }

    public Builder argv(List<String> value) {
      this.argv = value;
      return this;
    }

    public Builder env(Map<String, String> value) {
      this.env = value;
      return this;
    }

    public Builder secretEnv(Map<String, String> value) {
      this.secretEnv = value;
      return this;
    }

    public Builder workingDirectory(String value) {
      this.workingDirectory = value;
      return this;
    }

    public Builder user(ProcessUser value) {
      this.user = value;
      return this;
    }

    /** Adds one mount after those given before. */
    public Builder mount(Mount value) {
      this.mounts.add(value);
      return this;
    }

    /** Replaces all mounts. */
    public Builder mounts(List<Mount> value) {
      this.mounts.clear();
      this.mounts.addAll(value);
      return this;
    }

    public Builder network(NetworkMode value) {
      this.network = value;
      return this;
    }

    public Builder security(SecurityMode value) {
      this.security = value;
      return this;
    }

    public Builder hostname(String value) {
      this.hostname = value;
      return this;
    }

    public Builder extraHosts(Map<String, String> value) {
      this.extraHosts = value;
      return this;
    }

    public Builder ulimits(List<Ulimit> value) {
      this.ulimits = value;
      return this;
    }

    public Builder shmSize(OptionalLong value) {
      this.shmSize = value;
      return this;
    }

    /**
     * Returns the spec; throws {@link IllegalArgumentException} if a part is not as {@link
     * ProcessSpec} says.
     */
    public ProcessSpec build() {
      return new ProcessSpec(
          argv,
          env,
          secretEnv,
          workingDirectory,
          user,
          mounts,
          network,
          security,
          hostname,
          extraHosts,
          ulimits,
          shmSize);
    }
  }
}
