// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

/** What network a process sees: the values of {@code RUN --network}. */
public enum NetworkMode {
  /**
   * What the engine gives when nothing is asked for. Lamina's engines make no bridge, which would
   * need a daemon to own it, so this is the host's network, as {@code docker build --network host}.
   */
  DEFAULT,
  /** An empty network namespace: the loopback interface and nothing else. */
  NONE,
  /**
   * The host's network; a build allows it only if its caller did (BuildKit's {@code network.host}
   * entitlement).
   */
  HOST
}
