// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import java.nio.file.Path;

/**
 * The content of a file of a host folder, which says how to tell whether it is still the same: what
 * was computed from it once need not be computed again. Reading it all fails if the file has
 * changed since it was looked at.
 */
public interface HostContent extends Content {

  /** Returns the folder that was scanned, absolute and clean. */
  Path folder();

  /** Returns what is different as soon as the content is. */
  FileVersion version();
}
