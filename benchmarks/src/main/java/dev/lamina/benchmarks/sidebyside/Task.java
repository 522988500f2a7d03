// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.util.List;

/** The main class that does one task of {@link Tasks} and ends. */
final class Task {
  private Task() {}

  /** Does the task that the arguments say. */
  public static void main(String[] words) {
    int status = 0;
    try {
      Tasks.run(List.of(words));
    } catch (IOException | InterruptedException e) {
      System.err.println(e);
      status = 1;
    }
    System.err.flush();
    Runtime.getRuntime().halt(status); // as bin/lamina-build ends
  }
}
