// SPDX-License-Identifier: Apache-2.0
/** Build contexts: what it takes to look at a large folder. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.context;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
