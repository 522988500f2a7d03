// SPDX-License-Identifier: Apache-2.0
/**
 * The union file system: look-ups, walks, snapshots, diffs and writes, beside jimfs and the host.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.fs;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
