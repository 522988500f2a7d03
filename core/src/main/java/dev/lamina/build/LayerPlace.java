// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;

/**
 * Where a file's content stands in a layer that was made of it.
 *
 * @param layer the layer's diff ID
 * @param offset where the content begins in the layer's tar
 * @param sum the CRC-32C of the content as it was written there
 */
record LayerPlace(Digest layer, long offset, int sum) {}
