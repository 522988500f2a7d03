// SPDX-License-Identifier: Apache-2.0
/**
 * What software an image consists of, read from what package managers leave in it, and written as
 * SPDX. Start at {@code Sbom}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.sbom;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
