// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunEngine;

class BubblewrapTest extends HostileContract {
  private final HostEngine engine = HostEngine.bubblewrap();

  @Override
  RunEngine engine() {
    return engine;
  }
}
