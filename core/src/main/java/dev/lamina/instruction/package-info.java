// SPDX-License-Identifier: Apache-2.0
/**
 * What each of Docker's instructions does, over the same interface users' own instructions have;
 * start at {@link dev.lamina.instruction.DockerInstructions}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.instruction;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
