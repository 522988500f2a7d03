// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Expose;
import dev.lamina.dockerfile.PortSpec;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.util.ArrayList;
import java.util.List;

/** EXPOSE documents ports; the history keeps the order and the duplicates of the words. */
final class ExposeExecutor implements InstructionExecutor<Expose> {
  @Override
  public void plan(Expose expose, StepContext step) throws StepException {
    List<String> ports = new ArrayList<>();
    for (String word : expose.ports()) {
      for (String spec : step.expandToWords(word)) {
        ports.addAll(ports(spec));
      }
    }
    ContainerConfig config = step.config();
    for (String port : ports) {
      config = config.withExposedPort(port);
    }
    step.config(config);
    step.history("EXPOSE " + GoText.plain(ports));
  }

  private static List<String> ports(String spec) throws StepException {
    try {
      return PortSpec.parse(spec).ports();
    } catch (ExpansionException e) {
      throw new StepException(e.problem(), e);
    }
  }
}
