// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Small files that are there whole or not at all, whoever else reads and writes them. What they say
 * can be had again, so they need not outlive a loss of power.
 */
public final class WholeFiles {
  private WholeFiles() {}

  /** Writes a file, whose folder exists, in the place of the one there is. */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, ".", ".tmp");
    try {
      Files.write(temporary, bytes);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
