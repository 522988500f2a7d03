// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.Closeable;
import java.io.IOException;

/** Closing what was opened when the opening of something around it fails. */
final class Closing {
  /**
   * Closes {@code resource} and returns {@code problem}, to be thrown; a second problem is added to
   * the first.
   */
  static <E extends Throwable> E after(E problem, Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      problem.addSuppressed(e);
    }
    return problem;
  }

  private Closing() {}
}
