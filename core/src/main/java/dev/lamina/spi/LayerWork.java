// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.io.IOException;

/**
 * How a step makes its layer. The build first asks for the {@linkplain #declare inputs}; if the
 * cache knows a layer made from the same inputs on the same files, that layer is taken, and
 * otherwise the work is {@linkplain #execute carried out}.
 */
public interface LayerWork {

  /**
   * Says all that the layer depends on, apart from the files it is made on top of and the kind of
   * the instruction. What is not said here does not make a difference to the cache.
   *
   * @throws StepException if an input is missing
   */
  void declare(LayerInputs inputs) throws IOException, InterruptedException;

  /**
   * Changes the files. Everything changed becomes one layer; nothing does if this throws.
   *
   * @throws InterruptedException if the build was cancelled
   */
  void execute(LayerContext layer) throws IOException, InterruptedException;

  /**
   * Returns whether the layer is made on top of nothing, whatever is below it: {@code --link}. Then
   * the files below are no input.
   */
  default boolean isIndependent() {
    return false;
  }
}
