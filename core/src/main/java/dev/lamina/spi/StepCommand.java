// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.io.IOException;

/**
 * A command as RUN would run it at this place of the stage: with its variables, in its working
 * directory, as its user. Made while the build is planned, run while the layer is made. Immutable.
 */
public interface StepCommand {

  /** Declares the command and what it runs in as inputs of a layer. */
  void declare(LayerInputs inputs);

  /**
   * Runs the command in the files of a layer and waits for it; its output becomes events.
   *
   * @throws RunException if there is no engine that could run it
   * @throws StepException if the stage's user isn't in the files
   * @throws InterruptedException if the build was cancelled; the process is gone then
   */
  ProcessResult run(LayerContext layer) throws IOException, InterruptedException;

  /** Returns the command on one line. */
  @Override
  String toString();
}
