// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/** What network a RUN sees: {@code --network}. */
public enum NetworkMode {
  /** The build's own network. */
  DEFAULT,
  /** No network but loopback. */
  NONE,
  /** The host's network, where the builder allows it. */
  HOST
}
