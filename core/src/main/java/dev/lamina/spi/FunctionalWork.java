// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.io.IOException;

/** Work that is done by two functions. */
record FunctionalWork(Declaration inputs, Execution execution, boolean isCheck)
    implements LayerWork {

  @Override
  public void declare(LayerInputs collected) throws IOException, InterruptedException {
    inputs.declare(collected);
  }

  @Override
  public void execute(LayerContext layer) throws IOException, InterruptedException {
    execution.execute(layer);
  }
}
