// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command to run in a {@link Container}, and how it differs from what the image says.
 *
 * <pre>{@code
 * box.exec(Exec.of("make", "test").in("/src").env("CI", "true").as("alice"));
 * }</pre>
 *
 * @param argv the program and its arguments
 * @param environment added to the container's environment, in this order
 * @param user {@code user}, {@code user:group}, names or numbers; empty for the image's
 * @param workingDirectory an absolute path; empty for the image's
 * @param timeout how long {@link Container#exec(Exec)} waits before it ends the command; empty for
 *     as long as it takes
 */
public record Exec(
    List<String> argv,
    Map<String, String> environment,
    Optional<String> user,
    Optional<String> workingDirectory,
    Optional<Duration> timeout) {

  /** Checks and copies. */
  public Exec {
    argv = List.copyOf(argv);
    environment = new LinkedHashMap<>(environment);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("command: expected a program, found nothing");
    }
  }

  /** Returns a command that runs as the image says. */
  public static Exec of(String... argv) {
    return new Exec(List.of(argv), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public Map<String, String> environment() {
    return new LinkedHashMap<>(environment);
  }

  /** Returns this command with one more variable in its environment. */
  public Exec env(String name, String value) {
    Map<String, String> all = environment();
    all.put(name, value);
    return new Exec(argv, all, user, workingDirectory, timeout);
  }

  /** Returns this command run by another user. */
  public Exec as(String newUser) {
    return new Exec(argv, environment, Optional.of(newUser), workingDirectory, timeout);
  }

  /** Returns this command run in another directory. */
  public Exec in(String directory) {
    return new Exec(argv, environment, user, Optional.of(directory), timeout);
  }

  /** Returns this command with an end to patience. */
  public Exec within(Duration longest) {
    return new Exec(argv, environment, user, workingDirectory, Optional.of(longest));
  }
}
