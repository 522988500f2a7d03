// SPDX-License-Identifier: Apache-2.0
/**
 * The RUN engines that come with Lamina. Start at {@link dev.lamina.run.RunEngines}, which finds
 * the one that works on this host.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.run;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
