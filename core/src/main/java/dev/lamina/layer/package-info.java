// SPDX-License-Identifier: Apache-2.0
/**
 * Layers: what a layer's tar says about the tree below it, and back. Whiteouts exist here only;
 * above are {@link dev.lamina.fs.Changes}. Start at {@link dev.lamina.layer.Layer}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.layer;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
