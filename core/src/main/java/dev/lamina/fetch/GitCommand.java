// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fetch;

import dev.lamina.task.HostProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code git} in a repository, with no configuration but its own and nobody to ask. */
final class GitCommand {
  private final String remote;
  private final Path repository;

  GitCommand(String remote, Path repository) {
    this.remote = remote;
    this.repository = repository;
  }

  Path repository() {
    return repository;
  }

  GitCommand in(Path folder) {
    return new GitCommand(remote, folder);
  }

  /** Runs a command that must succeed. */
  void run(String... arguments) throws IOException, InterruptedException {
    HostProcess.Result<String> result = execute(arguments);
    if (result.exitCode() != 0) {
      throw failure(result, arguments);
    }
  }

  /** Runs a command that must succeed and returns what it wrote. */
  String output(String... arguments) throws IOException, InterruptedException {
    HostProcess.Result<String> result = execute(arguments);
    if (result.exitCode() != 0) {
      throw failure(result, arguments);
    }
    return result.output();
  }

  boolean succeeds(String... arguments) throws IOException, InterruptedException {
    return execute(arguments).exitCode() == 0;
  }

  private FetchException failure(HostProcess.Result<String> result, String[] arguments) {
    return new FetchException(
        remote + ": git " + arguments[0] + " failed: " + result.stderr().strip());
  }

  private HostProcess.Result<String> execute(String... arguments)
      throws IOException, InterruptedException {
    // a repository's submodules may be elsewhere, but not on this host
    List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=user"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(repository.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("LC_ALL", "C.UTF-8");
    return HostProcess.finish(
        start(builder),
        stdin -> {},
        stdout -> new String(stdout.readAllBytes(), StandardCharsets.UTF_8));
  }

  private Process start(ProcessBuilder builder) throws FetchException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new FetchException(remote + ": the git program is needed: " + e.getMessage(), e);
    }
  }
}
