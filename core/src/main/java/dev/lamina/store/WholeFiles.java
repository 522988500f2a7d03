// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that are there whole or not at all, whoever else reads and writes them. What they say can
 * be had again, so they need not outlive a loss of power.
 */
public final class WholeFiles {
  private WholeFiles() {}

  /** Says what a file is to hold. */
  @FunctionalInterface
  public interface Writing {
    /** Writes it; {@code out} is buffered, and closed by the caller. */
    void write(OutputStream out) throws IOException;
  }

  /** Writes a file, whose folder exists, in the place of the one there is. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, out -> out.write(bytes));
  }

  /** Writes a file of any size in the same way. */
  public static void write(Path file, Writing writing) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, ".", ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
        writing.write(out);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
