// SPDX-License-Identifier: Apache-2.0
/** What happens in a build, as one stream of typed values; start at {@link BuildListener}. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.event;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
