// SPDX-License-Identifier: Apache-2.0
/**
 * The values of the OCI image specification: references, digests, descriptors, manifests, indexes
 * and configurations. Documents keep the bytes they came as. Start at {@link
 * dev.lamina.oci.ImageConfig}, {@link dev.lamina.oci.Manifest} and {@link
 * dev.lamina.oci.ImageReference}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.oci;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
