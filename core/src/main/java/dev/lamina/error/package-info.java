// SPDX-License-Identifier: Apache-2.0
/** The root of Lamina's exceptions. Start at {@link dev.lamina.error.LaminaException}. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.error;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
