// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;

/**
 * One who takes part in a row.
 *
 * @param name how it is called in the results
 * @param opening what makes it ready: it may take long, and may fail without harm to the others
 */
record Side(String name, Opening opening) {
  /** Makes a contender. */
  interface Opening {
    /**
     * Makes it.
     *
     * @throws MissingPeerException if it isn't on the machine
     */
    Contender open() throws IOException, InterruptedException;
  }
}
