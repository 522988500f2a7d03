// SPDX-License-Identifier: Apache-2.0
/**
 * Blobs, layers and images by name, on disk or in memory. Start at {@link
 * dev.lamina.store.LocalStore}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.store;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
