// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.dockerfile.Instruction;
import java.io.IOException;

/**
 * Knows what one kind of instruction does. Docker's own are executors as well; one of yours for an
 * instruction of yours is handed to the builder; {@link CustomArguments} takes its line apart.
 *
 * <pre>{@code
 * builder
 *     .define("STAMP", (stamp, step) -> {
 *       step.config(step.config().withLabel("stamp", step.expand(stamp.arguments())));
 *       step.history("STAMP " + stamp.arguments());
 *     })
 *     .instruction("STAMP", "$VERSION");
 * }</pre>
 *
 * <p>Terms. A <i>plan</i> is made of a Dockerfile before anything is executed: each executor is
 * called once for each of its instructions, in order, and says through the {@link StepContext} what
 * becomes of the image's config and what its history says of the step. A step that changes files
 * hands in a {@link LayerWork}; the build carries that out later, or not at all if the cache has
 * its layer.
 *
 * <p>An executor keeps no state: it may be called for several builds at once.
 *
 * @param <I> the kind of instruction
 */
@FunctionalInterface
public interface InstructionExecutor<I extends Instruction> {

  /**
   * Says what an instruction does. Must be quick and must touch nothing but {@code step}.
   *
   * @param instruction with the variables replaced that Docker replaces; of an instruction of yours
   *     none are: {@link StepContext#expand} does it
   * @throws StepException if the instruction can't be carried out, whatever the files are
   */
  void plan(I instruction, StepContext step) throws IOException;
}
