// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunEngine;

class CrunTest extends HostileContract {
  private final HostEngine engine = HostEngine.oci("crun");

  @Override
  RunEngine engine() {
    return engine;
  }
}
