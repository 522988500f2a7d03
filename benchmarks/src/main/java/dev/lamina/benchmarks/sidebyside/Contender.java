// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;

/** Does the work of a row, again and again. */
interface Contender {
  /** The step that needs nothing done. */
  Step NOTHING = () -> {};

  /** Makes ready for a run; not measured. */
  void prepare() throws IOException, InterruptedException;

  /** Does the work once and returns what it took. */
  Cost run() throws IOException, InterruptedException;

  /**
   * Returns what came of the last run: the same text for all sides of a row, or they don't count;
   * nothing if nothing is left to look at, as of a side that only bounds the others.
   */
  String answer() throws IOException, InterruptedException;

  /** Throws away what was made for it. */
  void close() throws IOException, InterruptedException;

  /** A step that may fail. */
  interface Step {
    /** Does it. */
    void run() throws IOException, InterruptedException;
  }

  /** Looks at what a run made. */
  interface Answer {
    /** Returns what must be the same for all sides. */
    String get() throws IOException, InterruptedException;
  }
}
