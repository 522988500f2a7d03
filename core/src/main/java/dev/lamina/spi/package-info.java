// SPDX-License-Identifier: Apache-2.0
/**
 * What users implement and hand to a builder or a store: RUN engines, instruction handlers,
 * credentials. For RUN, start at {@code RunEngine}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.spi;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
