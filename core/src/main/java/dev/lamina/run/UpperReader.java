// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.nio.file.Path;

/** Reads the writable top of a root as changes. */
@FunctionalInterface
interface UpperReader {
  /**
   * Returns what a directory says about a tree.
   *
   * @param upper the directory; its own attributes are the root's
   * @param base what the lower directories hold together
   */
  Changes read(Path upper, FileTree base) throws IOException;
}
