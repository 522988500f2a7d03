// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.spi.RunningProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/** A process of a {@link Container}. Safe for use by several threads. */
public final class ContainerProcess {
  private final RunningProcess process;
  private final ContainerProcesses owner;

  ContainerProcess(RunningProcess process, ContainerProcesses owner) {
    this.process = process;
    this.owner = owner;
  }

  /**
   * Waits until the process has ended, its output was handed on, and the container has its changes.
   *
   * @return its exit code, or 128 + n if signal n ended it
   * @throws InterruptedException if this thread was interrupted; the process runs on
   */
  public int waitFor() throws IOException, InterruptedException {
    int code = process.waitFor();
    owner.collect();
    return code;
  }

  /** Waits as {@link #waitFor()}, but not longer than {@code timeout}; empty if it still runs. */
  public OptionalInt waitFor(Duration timeout) throws IOException, InterruptedException {
    OptionalInt code = process.waitFor(timeout);
    if (code.isPresent()) {
      owner.collect();
    }
    return code;
  }

  /** Tells whether the process has not ended yet. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process and everything it started. */
  public void kill() throws IOException {
    process.kill();
    owner.collect();
  }

  RunningProcess process() {
    return process;
  }
}
