// SPDX-License-Identifier: Apache-2.0
/**
 * Where a build's files come from: a folder, an archive, memory; start at {@link
 * dev.lamina.context.BuildContext}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.context;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
