// SPDX-License-Identifier: Apache-2.0
/**
 * Compressed streams: what a layer's bytes are packed in. Start at {@link
 * dev.lamina.compress.Compression} to read and at {@link dev.lamina.compress.Compressor} to write.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.compress;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
