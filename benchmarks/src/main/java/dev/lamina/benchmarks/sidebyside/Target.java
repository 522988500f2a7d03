// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

/**
 * How many times as much a side is to take as the row's reference.
 *
 * @param side its name
 * @param figure of what
 * @param times at least
 */
record Target(String side, Figure figure, double times) {
  /** What is compared. */
  enum Figure {
    CPU,
    WALL,
    MEMORY;

    double of(Cost cost) {
      return switch (this) {
        case CPU -> cost.cpu();
        case WALL -> cost.wall();
        case MEMORY -> cost.memory();
      };
    }
  }

  static Target cpu(String side, double times) {
    return new Target(side, Figure.CPU, times);
  }

  static Target wall(String side, double times) {
    return new Target(side, Figure.WALL, times);
  }
}
