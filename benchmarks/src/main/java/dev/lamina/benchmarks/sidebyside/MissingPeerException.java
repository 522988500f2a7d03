// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;

/** Says that a peer isn't on the machine, or can't be run. */
final class MissingPeerException extends IOException {
  private static final long serialVersionUID = 1L;

  MissingPeerException(String message) {
    super(message);
  }
}
