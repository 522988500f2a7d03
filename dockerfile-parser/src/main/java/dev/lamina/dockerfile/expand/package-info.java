// SPDX-License-Identifier: Apache-2.0
/**
 * Variables, quotes and escapes in words, as BuildKit's shell lexer has them. Start at {@code
 * WordExpander}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.dockerfile.expand;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
