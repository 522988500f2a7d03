// SPDX-License-Identifier: Apache-2.0
/**
 * Sees into an image: which step put what there, what it costs, and what was where at any step.
 * Start at {@link dev.lamina.insight.Timeline} and {@link dev.lamina.insight.ImageReport}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.insight;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
