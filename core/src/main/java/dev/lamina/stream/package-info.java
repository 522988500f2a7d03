// SPDX-License-Identifier: Apache-2.0
/** Streams of bytes that other streams are made of, for the packages above; not exported. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.stream;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
