// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunEngine;

class RuncTest extends MountContract {
  @Override
  RunEngine engine() {
    return new OciEngine("runc");
  }
}
