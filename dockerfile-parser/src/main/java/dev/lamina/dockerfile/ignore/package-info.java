// SPDX-License-Identifier: Apache-2.0
/** What {@code .dockerignore} leaves out, and wildcards. Start at {@code Dockerignore}. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.dockerfile.ignore;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
