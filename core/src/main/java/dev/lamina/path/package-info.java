// SPDX-License-Identifier: Apache-2.0
/**
 * Paths as texts: how Go cleans, joins and matches them, which is how Dockerfiles mean them; and
 * what keys say of a node.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.path;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
