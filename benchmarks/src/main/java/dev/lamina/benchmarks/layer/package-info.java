// SPDX-License-Identifier: Apache-2.0
/** Layers: compressing, writing and opening them, beside what the JDK and others offer. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.layer;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
