// SPDX-License-Identifier: Apache-2.0
/** Text, numbers and messages as Go has them; not exported. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.dockerfile.text;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
