// SPDX-License-Identifier: Apache-2.0
/**
 * DEFLATE (<a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>) in plain Java: an encoder
 * whose output depends on its input alone, and a decoder. Start at {@link
 * dev.lamina.deflate.DeflateEncoder} and {@link dev.lamina.deflate.InflateDecoder}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.deflate;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
