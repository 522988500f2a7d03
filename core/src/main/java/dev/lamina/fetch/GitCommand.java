// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
    Result result = execute(arguments);
    if (result.status != 0) {
      throw failure(result, arguments);
    }
  }

  /** Runs a command that must succeed and returns what it wrote. */
  String output(String... arguments) throws IOException, InterruptedException {
    Result result = execute(arguments);
    if (result.status != 0) {
      throw failure(result, arguments);
    }
    return result.output;
  }

  boolean succeeds(String... arguments) throws IOException, InterruptedException {
    return execute(arguments).status == 0;
  }

  private FetchException failure(Result result, String[] arguments) {
    return new FetchException(
        remote + ": git " + arguments[0] + " failed: " + result.errors.strip());
  }

  private record Result(int status, String output, String errors) {}

  private Result execute(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.allow=user"));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("lamina-git", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(repository.toFile()).redirectError(errors.toFile());
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(name -> name.startsWith("GIT_"));
      environment.put("GIT_TERMINAL_PROMPT", "0");
      environment.put("GIT_CONFIG_NOSYSTEM", "1");
      environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
      environment.put("LC_ALL", "C.UTF-8");
      return await(start(builder), errors);
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  private Process start(ProcessBuilder builder) throws FetchException {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new FetchException(remote + ": the git program is needed: " + e.getMessage(), e);
    }
  }

  private static Result await(Process process, Path errors)
      throws IOException, InterruptedException {
    try (InputStream out = process.getInputStream()) {
      String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      return new Result(status, output, Files.readString(errors));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
  }
}
