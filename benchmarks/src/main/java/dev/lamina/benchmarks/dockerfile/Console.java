// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a verb reads from and writes to.
 *
 * @param in questions, as UTF-8
 * @param out answers
 * @param err complaints
 */
record Console(InputStream in, PrintStream out, PrintStream err) {

  /** A missing file's exception has a path for its message and the reason in its name. */
  void complain(IOException e) {
    err.println(
        "ERROR: " + (e instanceof DockerfileSyntaxException ? e.getMessage() : e.toString()));
  }
}
