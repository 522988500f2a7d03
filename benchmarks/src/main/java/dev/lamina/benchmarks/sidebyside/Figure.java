// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

/** What sides are compared by. */
enum Figure {
  CPU("CPU"),
  WALL("wall"),
  /** How many bytes a side made. */
  SIZE("size");

  private final String word;

  Figure(String word) {
    this.word = word;
  }

  /** Returns how it is called in the results. */
  String word() {
    return word;
  }
}
