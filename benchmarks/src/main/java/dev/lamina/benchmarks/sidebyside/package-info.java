// SPDX-License-Identifier: Apache-2.0
/**
 * Whole programs side by side: Lamina and the peers that are on the machine do the same work in
 * turns, and what each took is written down. A {@link dev.lamina.benchmarks.sidebyside.Row} is a
 * question, a {@link dev.lamina.benchmarks.sidebyside.Side} one who answers it, a {@link
 * dev.lamina.benchmarks.sidebyside.Race} has them answer. Start at {@link
 * dev.lamina.benchmarks.sidebyside.SideBySide}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.sidebyside;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
