// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.dockerfile.ignore.Dockerignore;
import java.io.IOException;
import java.util.Set;

/** Where a context's files come from, before any is left out. */
interface ContextFiles {

  /**
   * Returns the files that rules don't leave out, with the directories they are in.
   *
   * @param needed paths and wildcards: what none of them leads to is left out as well
   */
  VersionedTree scan(Dockerignore ignore, Set<String> needed)
      throws IOException, InterruptedException;
}
