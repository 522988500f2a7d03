// SPDX-License-Identifier: Apache-2.0
/** Whole small programs that use Lamina from outside. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.examples;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
