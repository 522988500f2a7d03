// SPDX-License-Identifier: Apache-2.0
/**
 * Images in unit tests: assertions that say what differs and which step made it so, golden
 * listings, and an extension for JUnit 5 and 6. Start at {@code ImageAssert}. Nothing here needs
 * root, a network or a daemon; only {@code LaminaExtension} needs JUnit.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.testing;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
