// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;

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

  /** Returns how many bytes the last run made, as they are kept or sent; 0 if nobody asks. */
  default long size() throws IOException {
    return 0;
  }

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

    /** Returns how many bytes were made; 0 if nobody asks. */
    default long size() throws IOException {
      return 0;
    }

    /** Returns the same with the size of a file, or of all that are in a folder. */
    default Answer sizedBy(Path made) {
      return new Answer() {
        @Override
        public String get() throws IOException, InterruptedException {
          return Answer.this.get();
        }

        @Override
        public long size() throws IOException {
          return Folders.size(made);
        }
      };
    }
  }
}
