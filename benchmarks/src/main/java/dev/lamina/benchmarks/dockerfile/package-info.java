// SPDX-License-Identifier: Apache-2.0
/**
 * The program {@code lamina-dockerfile}: the parser's answers in the shape of BuildKit's. Start at
 * {@code Main}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.dockerfile;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
