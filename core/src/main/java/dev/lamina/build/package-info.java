// SPDX-License-Identifier: Apache-2.0
/** Building: from a Dockerfile to a plan, from a plan to an image. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.build;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
