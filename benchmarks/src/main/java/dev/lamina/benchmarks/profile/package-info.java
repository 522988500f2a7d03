// SPDX-License-Identifier: Apache-2.0
/**
 * Tells where the CPU time of a JVM goes, by parts of the work: a {@link
 * dev.lamina.benchmarks.profile.Sampler} looks at the threads, {@link
 * dev.lamina.benchmarks.profile.Part} says to which part what it finds belongs, and a {@link
 * dev.lamina.benchmarks.profile.Profile} is what comes of it.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.benchmarks.profile;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
