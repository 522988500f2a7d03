// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of Dockerfiles, as {@code docker build --check} makes them. Start at {@code Linter}; a
 * rule of your own is a {@code LintRule}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.dockerfile.lint;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
