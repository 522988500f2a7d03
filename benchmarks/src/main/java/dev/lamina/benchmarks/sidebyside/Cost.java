// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a run took.
 *
 * @param cpu seconds of CPU, of all processes and of the daemons that worked for them
 * @param wall seconds from start to end
 * @param memory the most bytes of memory the processes had at once; of daemons, what they grew by
 */
record Cost(double cpu, double wall, long memory) {
  /** Returns the median of each figure. */
  static Cost median(List<Cost> costs) {
    return new Cost(
        median(costs, Cost::cpu),
        median(costs, Cost::wall),
        (long) median(costs, cost -> cost.memory()));
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    return median(costs.stream().mapToDouble(figure).toArray());
  }

  /** Returns the middle one of some figures, at least one. */
  static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  Cost plus(Cost next) {
    return new Cost(cpu + next.cpu, wall + next.wall, Math.max(memory, next.memory));
  }
}
