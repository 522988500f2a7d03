// SPDX-License-Identifier: Apache-2.0
/** Benchmarks, one class a question, each with its baseline in the same run. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
