// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;

/**
 * One thing a program does to a file system.
 *
 * @param text what, for people
 * @param action how
 */
record ModelOperation(String text, Action action) {
  /** Does it, and gives what the program is told. */
  interface Action {
    Object run(ModelSession session) throws IOException;
  }

  @Override
  public String toString() {
    return text;
  }
}
