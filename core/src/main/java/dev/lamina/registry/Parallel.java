// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Tasks side by side: all of them, or until the first fails. */
final class Parallel {
  /** Something that takes a while. */
  interface Task {
    void run() throws IOException;
  }

  private Parallel() {}

  /**
   * Runs tasks, some at a time. When one fails, or the caller is interrupted, the others are
   * interrupted, and what the first threw is thrown when all have ended.
   */
  static void run(List<Task> tasks, int atOnce) throws IOException {
    if (tasks.isEmpty()) {
      return;
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(
            Math.min(atOnce, tasks.size()),
            task -> {
              Thread thread = new Thread(task, "lamina-transfer");
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
      throw (InterruptedIOException) new InterruptedIOException("transfer").initCause(e);
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
    return new IOException(e.getMessage(), e);
  }

  /** Nothing may go on behind the caller's back, so an interrupt has to wait. */
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
