// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What came of a side.
 *
 * @param name the side's
 * @param costs what its runs took, in their order
 * @param size how many bytes its last run made; 0 if nobody asks
 * @param problem why it doesn't count; empty if it does
 */
record Outcome(String name, List<Cost> costs, long size, String problem) {
  Outcome {
    costs = List.copyOf(costs);
  }

  boolean counts() {
    return problem.isEmpty() && !costs.isEmpty();
  }

  Cost median() {
    return Cost.median(costs);
  }

  /** Returns the median of a figure. */
  OptionalDouble median(Figure figure) {
    if (!counts()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        figure == Figure.SIZE
            ? size
            : Cost.median(costs.stream().mapToDouble(figure::of).toArray()));
  }

  /** Returns the median, over the rounds, of this side's figure by that of the other's. */
  OptionalDouble times(Outcome other, Figure figure) {
    if (!counts() || !other.counts()) {
      return OptionalDouble.empty();
    }
    if (figure == Figure.SIZE) {
      return size == 0 || other.size == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) size / other.size);
    }
    int rounds = Math.min(costs.size(), other.costs.size());
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ratios[i] = figure.of(costs.get(i)) / Math.max(1e-9, figure.of(other.costs.get(i)));
    }
    return OptionalDouble.of(Cost.median(ratios));
  }
}
