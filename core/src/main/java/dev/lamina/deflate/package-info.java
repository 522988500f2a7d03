// SPDX-License-Identifier: Apache-2.0
/**
 * A DEFLATE encoder (<a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>) in plain Java,
 * whose output depends on its input alone. Start at {@link dev.lamina.deflate.DeflateEncoder}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.deflate;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
