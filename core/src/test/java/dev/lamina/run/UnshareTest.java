// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunEngine;

class UnshareTest extends HostileContract {
  private final HostEngine engine = HostEngine.unshare();

  @Override
  RunEngine engine() {
    return engine;
  }
}
