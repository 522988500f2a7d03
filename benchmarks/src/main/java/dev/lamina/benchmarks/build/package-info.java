// SPDX-License-Identifier: Apache-2.0
/** Builds as unit tests do them: small, in memory, one after another in a warm JVM. */
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.build;

import javax.annotation.ParametersAreNonnullByDefault;
