// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Volume;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;

/** VOLUME names paths; what later steps write there stays in the image, as with BuildKit. */
final class VolumeExecutor implements InstructionExecutor<Volume> {
  @Override
  public void plan(Volume volume, StepContext step) {
    for (String path : volume.paths()) {
      step.config(step.config().withVolume(path));
    }
    step.history("VOLUME " + GoText.plain(volume.paths()));
  }
}
