// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.task.Failures;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A build in a thread of its own.
 *
 * <pre>{@code
 * RunningBuild build = builder.start();
 * stopButton.onClick(build::cancel);
 * Image image = build.await();
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class RunningBuild {
  private final CompletableFuture<Image> result = new CompletableFuture<>();
  private final Thread thread;

  /** Builds an image. */
  interface Work {
    Image build() throws IOException, InterruptedException;
  }

  private RunningBuild(Work work) {
    this.thread = new Thread(() -> run(work), "lamina-build");
  }

  static RunningBuild start(Work work) {
    RunningBuild build = new RunningBuild(work);
    build.thread.setDaemon(true);
    build.thread.start();
    return build;
  }

  private void run(Work work) {
    try {
      result.complete(work.build());
    } catch (InterruptedException e) {
      result.completeExceptionally(new CancellationException("the build was cancelled"));
    } catch (IOException | RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /**
   * Stops the build and returns when nothing of it runs any more. Steps that were done stay in the
   * cache. Does nothing if the build is over.
   */
  public void cancel() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the build is over, well or not. */
  public boolean isDone() {
    return result.isDone();
  }

  /** Returns the image as a future, which ends as the build does; cancelling it stops nothing. */
  public CompletableFuture<Image> future() {
    return result.copy();
  }

  /**
   * Waits for the image.
   *
   * @throws CancellationException if the build was cancelled
   * @throws IOException as {@link ImageBuilder#build} throws it
   * @throws InterruptedException if this thread was interrupted; the build goes on
   */
  public Image await() throws IOException, InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw Failures.rethrow(e.getCause());
    }
  }
}
