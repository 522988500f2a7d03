// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.util.HashSet;
import java.util.Set;

/** Stops the threads that work for a build, and lets none begin once it is stopped. */
final class Cancellation {
  private final Set<Thread> working = new HashSet<>();
  private boolean cancelled;

  /** A piece of work that can be interrupted. */
  interface Work<T> {
    T run() throws Exception;
  }

  /** Does a piece of work; an interrupt that was meant for it does not outlive it. */
  <T> T run(Work<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    synchronized (this) {
      if (cancelled) {
        throw new InterruptedException("the build was cancelled");
      }
      working.add(thread);
    }
    try {
      return work.run();
    } finally {
      synchronized (this) {
        working.remove(thread);
        notifyAll();
        if (cancelled) {
          Thread.interrupted(); // sent by cancel(), perhaps too late to be noticed by the work
        }
      }
    }
  }

  /** Interrupts what works and lets nothing begin any more. Idempotent. */
  synchronized void cancel() {
    if (!cancelled) {
      cancelled = true;
      working.forEach(Thread::interrupt);
    }
  }

  /** Cancels, and returns when nothing works any more; an interrupt is kept for later. */
  synchronized void cancelAndAwait() {
    cancel();
    boolean interrupted = false;
    while (!working.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
