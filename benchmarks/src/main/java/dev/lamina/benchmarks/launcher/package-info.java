// SPDX-License-Identifier: Apache-2.0
/** Builds from a command line, to be compared with other builders; the product is the library. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.launcher;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
