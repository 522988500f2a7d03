// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.util.Optional;

/**
 * A short cut to a step's key: what says, without a look at any content, all that the key could
 * depend on. If it was seen before, so was the key.
 *
 * @param name a digest of what the step is, of what is below it, and of the layers it takes from
 * @param files what tells the host files it takes from; without it, there are none
 */
record Shortcut(String name, Optional<String> files) {

  /** Returns whether it says the same on another machine, where other files have the versions. */
  boolean isPortable() {
    return files.isEmpty();
  }
}
