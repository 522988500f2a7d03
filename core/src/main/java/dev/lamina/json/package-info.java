// SPDX-License-Identifier: Apache-2.0
/**
 * JSON as the container world writes it: a strict, bounded reader and a writer that gives the bytes
 * Go's encoder gives. Not exported. Start at {@link dev.lamina.json.StrictJson}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.json;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
