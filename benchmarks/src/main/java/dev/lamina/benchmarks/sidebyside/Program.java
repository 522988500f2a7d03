// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A peer: a program on the PATH, or what an environment variable says instead, such as {@code
 * LAMINA_PEER_DOCKER="chroot /srv/root docker"}. {@code LAMINA_PEER_ROOT} says then which folder of
 * this machine is the program's {@code /}.
 *
 * @param name what it is called
 * @param prefix the words that start it
 * @param root what its {@code /} is here
 * @param daemons the names of processes that do its work
 * @param version what it says of itself
 */
record Program(String name, List<String> prefix, Path root, Set<String> daemons, String version) {
  private static final Map<String, Set<String>> DAEMONS =
      Map.of("docker", Set.of("dockerd", "containerd"));

  /**
   * Finds a program.
   *
   * @throws MissingPeerException if it isn't there, or can't say its version
   */
  static Program find(String name) throws MissingPeerException {
    String variable = "LAMINA_PEER_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String given = System.getenv(variable);
    String root = given == null ? null : System.getenv("LAMINA_PEER_ROOT");
    List<String> prefix = given == null ? List.of(name) : List.of(given.split(" ", -1));
    if (!isExecutable(prefix.get(0))) {
      throw new MissingPeerException(prefix.get(0) + " isn't on the PATH; see " + variable);
    }
    return new Program(
        name,
        prefix,
        Path.of(root == null ? "/" : root),
        DAEMONS.getOrDefault(name, Set.of()),
        version(name, prefix));
  }

  private static boolean isExecutable(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder).resolve(program))) {
        return true;
      }
    }
    return false;
  }

  private static String version(String name, List<String> prefix) throws MissingPeerException {
    List<String> question = new ArrayList<>(prefix);
    question.addAll(
        switch (name) {
          case "docker" -> List.of("version", "--format", "docker {{.Server.Version}}");
          case "go" -> List.of("version");
          case "busybox" -> List.of("--help");
          case "libdeflate-gzip" -> List.of("-V");
          default -> List.of("--version");
        });
    try {
      Process process = new ProcessBuilder(question).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(20, TimeUnit.SECONDS);
      if (ended && process.exitValue() == 0) {
        return text.lines().findFirst().orElse(name);
      }
      throw new MissingPeerException(String.join(" ", question) + ": " + text.strip());
    } catch (MissingPeerException e) {
      throw e;
    } catch (IOException e) {
      throw new MissingPeerException(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MissingPeerException("interrupted");
    }
  }

  /** Returns a command of the program. */
  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Returns the name that a file here has for the program.
   *
   * @throws MissingPeerException if it sees another part of the machine only
   */
  String path(Path file) throws MissingPeerException {
    Path absolute = file.toAbsolutePath().normalize();
    if (!absolute.startsWith(root)) {
      throw new MissingPeerException(
          name + " can't see " + absolute + ": give --work below " + root);
    }
    return "/" + root.relativize(absolute);
  }
}
