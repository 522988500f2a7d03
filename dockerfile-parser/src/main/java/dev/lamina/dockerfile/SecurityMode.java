// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/** How a RUN is confined: {@code --security}. */
public enum SecurityMode {
  /** As every container. */
  SANDBOX,
  /** With all privileges, where the builder allows it. */
  INSECURE
}
