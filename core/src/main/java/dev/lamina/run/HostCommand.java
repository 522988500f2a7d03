// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunException;
import dev.lamina.task.Parallel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts programs of the host, with an environment of nothing but PATH, and runs short ones to
 * their end.
 */
final class HostCommand {
  /** Where administrators' programs live, which an ordinary user's PATH often lacks. */
  private static final String MORE_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final int MAX_OUTPUT = 64 * 1024;

  private HostCommand() {}

  /**
   * What came of a command.
   *
   * @param exitCode its exit code
   * @param stdout the first 64 KiB of what it wrote to stdout
   * @param stderr the first 64 KiB of what it wrote to stderr
   */
  record Result(List<String> command, int exitCode, String stdout, String stderr) {
    /** Returns the last line of stderr that is not blank, or of stdout if there is none. */
    String lastLine() {
      return last(stderr.isBlank() ? stdout : stderr);
    }

    /** Returns this if the exit code is 0. */
    Result requireSuccess() throws RunException {
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

  /** What feeds a command's stdin. */
  @FunctionalInterface
  interface Feeder {
    void feed(OutputStream stdin) throws IOException;
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
    String own = System.getenv("PATH");
    return own == null || own.isEmpty() ? MORE_PATH : own + ":" + MORE_PATH;
  }

  /** What reads a command's stdout. */
  @FunctionalInterface
  interface Drain {
    void read(InputStream stdout) throws IOException;
  }

  /** Runs a program with nothing on stdin. */
  static Result run(List<String> command) throws IOException {
    return run(command, stdin -> {});
  }

  /**
   * Runs a program to its end and feeds it. If it stops reading, what it said counts, not the
   * broken pipe.
   *
   * @throws RunException if it cannot be started, or this thread is interrupted
   */
  static Result run(List<String> command, Feeder feeder) throws IOException {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    Result result = run(command, feeder, stream -> collect(stream, stdout));
    return new Result(
        command, result.exitCode(), stdout.toString(StandardCharsets.UTF_8), result.stderr());
  }

  /**
   * Runs a program to its end, feeds it, and reads its stdout on another thread; the result has
   * none.
   */
  static Result run(List<String> command, Feeder feeder, Drain drain) throws IOException {
    Process process;
    try {
      process = start(command);
    } catch (IOException e) {
      throw new RunException(command.get(0) + ": " + e.getMessage(), e);
    }
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    AtomicReference<IOException> broken = new AtomicReference<>();
    List<Thread> threads =
        List.of(
            thread(() -> collect(process.getErrorStream(), stderr), new AtomicReference<>()),
            thread(() -> feed(process, feeder), broken));
    try (InputStream stdout = process.getInputStream()) {
      drain.read(stdout);
      int code = process.waitFor();
      for (Thread thread : threads) {
        thread.join();
      }
      if (code == 0 && broken.get() != null) {
        throw broken.get();
      }
      return new Result(command, code, "", stderr.toString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while running " + command.get(0), e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void feed(Process process, Feeder feeder) throws IOException {
    try (OutputStream stdin = process.getOutputStream()) {
      feeder.feed(stdin);
    }
  }

  private static void collect(InputStream from, ByteArrayOutputStream to) throws IOException {
    byte[] chunk = new byte[4096];
    for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
      if (to.size() < MAX_OUTPUT) {
        to.write(chunk, 0, n);
      }
    }
  }

  private static Thread thread(Parallel.Task task, AtomicReference<IOException> failure) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                failure.set(e);
              } catch (RuntimeException e) {
                failure.set(new IOException(e));
              }
            },
            "lamina-pipe");
    thread.setDaemon(true);
    thread.start();
    return thread;
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
