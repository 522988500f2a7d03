// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the JMH benchmarks in short and writes what came of them into {@code RESULTS.md}; start at
 * {@link dev.lamina.benchmarks.micro.Micro}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.micro;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
