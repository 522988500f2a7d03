// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.time.Duration;
import java.util.OptionalInt;

/** A process started in a session. Safe for use by several threads. */
public interface RunningProcess {

  /**
   * Waits until the process has ended and its output was handed on.
   *
   * @return its exit code, or 128 + n if signal n ended it
   * @throws InterruptedException if this thread was interrupted; the process runs on: {@link #kill}
   *     ends it
   */
  int waitFor() throws InterruptedException;

  /**
   * Waits as {@link #waitFor()}, but not longer than {@code timeout}; empty if the process still
   * runs then.
   */
  OptionalInt waitFor(Duration timeout) throws InterruptedException;

  /** Tells whether the process has not ended yet. */
  boolean isAlive();

  /**
   * Ends the process and everything it started, at once; returns when they are gone. Idempotent.
   */
  void kill();
}
