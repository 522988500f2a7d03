// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks on as many threads as there are processors. */
final class Parallel {
  private Parallel() {}

  /** Something to do that may fail. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }

  /** Runs all tasks; the first failure counts, the rest is stopped. */
  static void run(List<Task> tasks) throws IOException {
    if (tasks.size() == 1) {
      tasks.get(0).run();
      return;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(tasks.size(), Runtime.getRuntime().availableProcessors()));
    try {
      List<Future<?>> futures =
          tasks.stream().<Future<?>>map(task -> pool.submit(() -> call(task))).toList();
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while unpacking layers");
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean call(Task task) throws IOException {
    task.run();
    return true;
  }
}
