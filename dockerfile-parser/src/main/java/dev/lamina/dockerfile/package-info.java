// SPDX-License-Identifier: Apache-2.0
/** Dockerfiles as typed instructions with positions. Start at {@code Dockerfile}. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.dockerfile;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
