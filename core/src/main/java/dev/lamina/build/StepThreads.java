// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import javax.annotation.Nullable;

/**
 * The threads of one build. The first is the one that waits for it, which does the work itself:
 * others are started when there is something to do beside that, so steps that come one after the
 * other, and those that the cache answers, need none.
 *
 * <p>Work must be given by these threads only, as the last that they do before they look for more.
 */
final class StepThreads implements Executor {
  private final int most;
  private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by this
  private int threads = 1; // guarded by this
  private int idle; // guarded by this
  private boolean closed; // guarded by this

  /**
   * Makes the threads of a build.
   *
   * @param most how many there may be, at least 1
   */
  StepThreads(int most) {
    this.most = most;
  }

  @Override
  public synchronized void execute(Runnable work) {
    waiting.add(work);
    int soon = idle + 1; // who gives the work is about to look for some
    if (waiting.size() > soon && threads < most) {
      threads++;
      Thread thread = new Thread(this::workOnTheSide, "lamina-step");
      thread.setDaemon(true);
      thread.start();
    } else {
      notify();
    }
  }

  /** Works until a future is done. Nothing is begun any more after that. */
  <T> T await(CompletableFuture<T> target) throws InterruptedException, ExecutionException {
    CompletableFuture<T> unused = target.whenComplete((done, failure) -> close());
    try {
      work();
    } finally {
      close();
    }
    return target.get();
  }

  private void work() throws InterruptedException {
    for (Runnable next = takeOrNull(); next != null; next = takeOrNull()) {
      next.run();
    }
  }

  /** An interrupt that a step left behind is nobody's: what cancels a build ends its work. */
  private void workOnTheSide() {
    boolean done = false;
    while (!done) {
      try {
        work();
        done = true;
      } catch (InterruptedException e) {
        done = false;
      }
    }
  }

  /** Waits for work; null if there will be none. */
  private synchronized @Nullable Runnable takeOrNull() throws InterruptedException {
    idle++;
    try {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } finally {
      idle--;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return closed ? null : waiting.poll();
  }

  private synchronized void close() {
    closed = true;
    notifyAll();
  }
}
