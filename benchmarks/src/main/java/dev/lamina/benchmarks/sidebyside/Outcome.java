// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

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

  /**
   * Returns this side's figure by that of the other's: of what each run takes, the median over the
   * rounds. None if a side doesn't count, or doesn't say how much it made.
   */
  OptionalDouble times(Outcome other, Figure figure) {
    if (!counts() || !other.counts()) {
      return OptionalDouble.empty();
    }
    return switch (figure) {
      case CPU -> OptionalDouble.of(times(other, Cost::cpu));
      case WALL -> OptionalDouble.of(times(other, Cost::wall));
      case SIZE ->
          size == 0 || other.size == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of((double) size / other.size);
    };
  }

  private double times(Outcome other, ToDoubleFunction<Cost> figure) {
    double[] ratios = new double[Math.min(costs.size(), other.costs.size())];
    for (int i = 0; i < ratios.length; i++) {
      double theirs = figure.applyAsDouble(other.costs.get(i));
      ratios[i] = figure.applyAsDouble(costs.get(i)) / Math.max(1e-9, theirs);
    }
    return Cost.median(ratios);
  }
}
