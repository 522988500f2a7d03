// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

/** What sides are compared by. */
enum Figure {
  CPU("CPU", "s"),
  WALL("wall", "s"),
  MEMORY("memory", "bytes"),
  /** How many bytes a side made. */
  SIZE("size", "bytes");

  private final String word;
  private final String unit;

  Figure(String word, String unit) {
    this.word = word;
    this.unit = unit;
  }

  /** Returns how it is called in the results. */
  String word() {
    return word;
  }

  String unit() {
    return unit;
  }

  /**
   * Returns the figure of a run.
   *
   * @throws IllegalArgumentException if runs don't have it, but sides
   */
  double of(Cost cost) {
    return switch (this) {
      case CPU -> cost.cpu();
      case WALL -> cost.wall();
      case MEMORY -> cost.memory();
      case SIZE -> throw new IllegalArgumentException("a run has no size");
    };
  }
}
