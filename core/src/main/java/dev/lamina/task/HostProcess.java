// SPDX-License-Identifier: Apache-2.0
package dev.lamina.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Attends a process of the host to its end: feeds it, reads what it writes, and keeps the beginning
 * of what it says on stderr. Safe for use by several threads.
 */
public final class HostProcess {
  /** How much is kept of what a process says, in bytes. */
  private static final int MAX_WORDS = 64 * 1024;

  private HostProcess() {}

  /** What feeds stdin, on a thread of its own; stdin is closed after it. */
  @FunctionalInterface
  public interface Feeder {
    /** Writes what the process is to read. */
    void feed(OutputStream stdin) throws IOException;
  }

  /**
   * What reads stdout, on the caller's thread.
   *
   * @param <T> what it makes of it
   */
  @FunctionalInterface
  public interface Drain<T> {
    /** Reads to the end: the process waits for whom it writes to. */
    T read(InputStream stdout) throws IOException;
  }

  /**
   * What came of a process.
   *
   * @param exitCode its exit code
   * @param output what was made of its stdout
   * @param stderr the first 64 KiB of what it wrote to stderr
   */
  public record Result<T>(int exitCode, T output, String stderr) {}

  /**
   * Attends a process to its end. If it stops reading and fails, its exit code and its words count,
   * not the broken pipe. However this returns, the process and its descendants have been ended.
   *
   * @throws IOException what {@code drain} threw, or what {@code feeder} threw while the process
   *     succeeded
   */
  public static <T> Result<T> finish(Process process, Feeder feeder, Drain<T> drain)
      throws IOException, InterruptedException {
    StringBuilder words = new StringBuilder(); // read after its thread has ended
    AtomicReference<IOException> unfed = new AtomicReference<>();
    List<Thread> threads =
        List.of(
            thread(() -> words.append(start(process.getErrorStream())), new AtomicReference<>()),
            thread(() -> feed(process, feeder), unfed));
    try (InputStream stdout = process.getInputStream()) {
      T output = drain.read(stdout);
      int code = process.waitFor();
      for (Thread thread : threads) {
        thread.join();
      }
      if (code == 0 && unfed.get() != null) {
        throw unfed.get();
      }
      return new Result<>(code, output, words.toString());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Reads a stream to its end and returns the first 64 KiB, as UTF-8. */
  public static String start(InputStream from) throws IOException {
    byte[] start = from.readNBytes(MAX_WORDS);
    long unused = from.transferTo(OutputStream.nullOutputStream());
    return new String(start, StandardCharsets.UTF_8);
  }

  private static void feed(Process process, Feeder feeder) throws IOException {
    try (OutputStream stdin = process.getOutputStream()) {
      feeder.feed(stdin);
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
}
