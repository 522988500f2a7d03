// SPDX-License-Identifier: Apache-2.0
/** What benchmarks work on, made from seeds. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.sample;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
