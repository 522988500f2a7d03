// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fetch;

import java.io.IOException;
import java.nio.file.Path;

/** A host folder for what is fetched. Most builds fetch nothing, and never ask for it. */
@FunctionalInterface
public interface FetchFolder {

  /** Returns the folder, made if it isn't there; the same each time. */
  Path open() throws IOException;
}
