// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.util.List;

/**
 * A question, and who answers it.
 *
 * @param name how the row is called on the command line
 * @param question what is measured
 * @param targets what Lamina is meant to reach
 * @param cast makes the sides: the reference first, which the others are compared with
 */
record Row(String name, String question, List<Target> targets, Cast cast) {
  Row {
    targets = List.copyOf(targets);
  }

  /** Makes the sides of a row. */
  interface Cast {
    /** Makes them for a bench. */
    List<Side> sides(Bench bench) throws IOException, InterruptedException;
  }
}
