// SPDX-License-Identifier: Apache-2.0
/**
 * RUN without a sandbox, on any operating system: steps that Java plays, and steps that were
 * recorded where a real engine ran them. Start at {@link dev.lamina.script.RunScript} and {@link
 * dev.lamina.script.RunRecording}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.script;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
