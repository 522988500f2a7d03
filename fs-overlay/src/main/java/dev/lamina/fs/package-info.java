// SPDX-License-Identifier: Apache-2.0
/** Immutable file trees and a copy-on-write file system over them. Start at {@code FileTree}. */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.fs;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
