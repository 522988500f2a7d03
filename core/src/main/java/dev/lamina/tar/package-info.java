// SPDX-License-Identifier: Apache-2.0
/**
 * An exact and bounded codec for tar streams: names and extended attributes are bytes, sizes and
 * times are kept to the last digit, and what readers of the field would disagree about is refused.
 * Start at {@link dev.lamina.tar.TarReader} and {@link dev.lamina.tar.TarWriter}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.tar;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
