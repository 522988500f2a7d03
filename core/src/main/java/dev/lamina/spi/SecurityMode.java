// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

/** How far a process is confined: the values of {@code RUN --security}. */
public enum SecurityMode {
  /** Docker's default capabilities, seccomp profile, masked and read-only paths. */
  SANDBOX,
  /** All capabilities, no seccomp, nothing masked; a build allows it only if its caller did. */
  INSECURE
}
