// SPDX-License-Identifier: Apache-2.0
/** Brings files from elsewhere: URLs and Git repositories, each into a folder of its own. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.fetch;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
