// SPDX-License-Identifier: Apache-2.0
/**
 * A client of registries that speak the OCI distribution specification. Start at {@link
 * dev.lamina.registry.RegistryClient}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.registry;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
