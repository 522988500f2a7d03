// SPDX-License-Identifier: Apache-2.0
/** Work on several threads at once, for the packages above; not exported. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.task;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
