// SPDX-License-Identifier: Apache-2.0
package dev.lamina.task;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Tasks side by side: all of them, or until the first fails. Safe for use by several threads. */
public final class Parallel {
  /** Something that takes a while. */
  @FunctionalInterface
  public interface Task {
    /** Does it; an interrupt asks it to end early. */
    void run() throws IOException;
  }

  private Parallel() {}

  /**
   * Runs tasks, some at a time. When one fails, or the caller is interrupted, the others are
   * interrupted, and what the first threw is thrown when all have ended: nothing goes on behind the
   * caller's back.
   *
   * @param atOnce how many threads at the most, at least 1; a single task runs on the caller's
   * @throws InterruptedIOException if the caller is interrupted while it waits
   */
  public static void run(List<Task> tasks, int atOnce) throws IOException {
    if (tasks.size() <= 1) {
      for (Task task : tasks) {
        task.run();
      }
      return;
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(
            Math.min(atOnce, tasks.size()),
            task -> {
              Thread thread = new Thread(task, "lamina-task");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletionService<Boolean> done = new ExecutorCompletionService<>(executor);
      for (Task task : tasks) {
        done.submit(
            () -> {
              task.run();
              return true;
            });
      }
      for (int i = 0; i < tasks.size(); i++) {
        boolean unused = done.take().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw rethrown(e);
    } finally {
      executor.shutdownNow();
      awaitEnd(executor);
    }
  }

  private static IOException rethrown(ExecutionException e) {
    if (e.getCause() instanceof IOException io) {
      return io;
    }
    if (e.getCause() instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return new IOException(e.getMessage(), e);
  }

  /** An interrupt has to wait. */
  private static void awaitEnd(ExecutorService executor) {
    boolean interrupted = false;
    while (true) {
      try {
        if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
