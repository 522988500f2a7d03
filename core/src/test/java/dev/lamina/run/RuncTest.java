// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunEngine;

class RuncTest extends HostileContract {
  private final HostEngine engine = HostEngine.oci("runc");

  @Override
  RunEngine engine() {
    return engine;
  }
}
