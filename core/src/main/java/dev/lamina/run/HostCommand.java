// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunException;
import dev.lamina.task.HostProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nullable;

/**
 * Starts programs of the host, with an environment of nothing but PATH, and runs short ones to
 * their end.
 */
final class HostCommand {
  /** Where administrators' programs live, which an ordinary user's PATH often lacks. */
  private static final String MORE_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private HostCommand() {}

  /**
   * What came of a command.
   *
   * @param exitCode its exit code
   * @param output what was made of its stdout
   * @param stderr the first 64 KiB of what it wrote to stderr
   */
  record Result<T>(List<String> command, int exitCode, T output, String stderr) {
    /** Returns the last line of stderr that is not blank, or of stdout if there is none. */
    String lastLine() {
      return last(stderr.isBlank() && output instanceof String stdout ? stdout : stderr);
    }

    /** Returns this if the exit code is 0. */
    Result<T> requireSuccess() throws RunException {
      if (exitCode != 0) {
        throw new RunException(
            String.join(" ", command)
                + ": expected exit code 0, found "
                + exitCode
                + ": "
                + lastLine());
      }
      return this;
    }
  }

  static String last(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
  }

  /** Starts a program; its streams are pipes. */
  static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", path());
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  static String path() {
    return path(System.getenv("PATH"));
  }

  /**
   * Returns where programs are looked for: only in absolute folders, as some run in a folder that
   * holds an image's files.
   */
  static String path(@Nullable String own) {
    List<String> folders = new ArrayList<>(List.of((own == null ? "" : own).split(":", -1)));
    folders.removeIf(folder -> !folder.startsWith("/"));
    folders.add(MORE_PATH);
    return String.join(":", folders);
  }

  /** Runs a program with nothing on stdin. */
  static Result<String> run(List<String> command) throws IOException {
    return run(command, stdin -> {});
  }

  /**
   * Runs a program to its end and feeds it. If it stops reading, what it said counts, not the
   * broken pipe.
   *
   * @throws RunException if it cannot be started, or this thread is interrupted
   */
  static Result<String> run(List<String> command, HostProcess.Feeder feeder) throws IOException {
    return run(command, feeder, HostProcess::start);
  }

  /** Runs a program to its end, feeds it, and reads its stdout. */
  static <T> Result<T> run(
      List<String> command, HostProcess.Feeder feeder, HostProcess.Drain<T> drain)
      throws IOException {
    Process process;
    try {
      process = start(command);
    } catch (IOException e) {
      throw new RunException(command.get(0) + ": " + e.getMessage(), e);
    }
    HostProcess.Result<T> result = attend(command.get(0), process, feeder, drain);
    return new Result<>(command, result.exitCode(), result.output(), result.stderr());
  }

  /** Attends a program to its end; if this thread is interrupted, a RunException names it. */
  static <T> HostProcess.Result<T> attend(
      String program, Process process, HostProcess.Feeder feeder, HostProcess.Drain<T> drain)
      throws IOException {
    try {
      return HostProcess.finish(process, feeder, drain);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while running " + program, e);
    }
  }

  /** Runs a program and tells whether it ended with 0 in time. */
  static boolean succeeds(List<String> command, long seconds) {
    try {
      Process process = start(command);
      process.getOutputStream().close();
      try {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
