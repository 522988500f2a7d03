// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** Reads the attribute that holds a file's capabilities, which the JDK gives no access to. */
@FunctionalInterface
interface CapabilityReader {
  /** The attribute's name. */
  String XATTR = "security.capability";

  /**
   * Returns the values of the files that have one.
   *
   * @param root a directory
   * @param files regular files below it; may be empty
   */
  Map<Path, byte[]> read(Path root, Collection<Path> files) throws IOException;
}
