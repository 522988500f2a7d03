// SPDX-License-Identifier: Apache-2.0
/** Container images, built inside the JVM. Start at {@code ImageBuilder} and {@code ImageStore}. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
