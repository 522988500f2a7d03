// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where an archive goes: a file, which appears when it is whole, or a stream. */
interface ArchiveOutput {
  /** Writes an archive to a stream. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes the archive. */
  void write(Body body) throws IOException;

  /** A file; what was there is replaced. */
  record ToFile(Path file) implements ArchiveOutput {
    @Override
    public void write(Body body) throws IOException {
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null) {
        throw new IOException(file + ": expected a file, found a root");
      }
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, ".lamina-", ".tmp");
      try {
        try (OutputStream out = Files.newOutputStream(temporary)) {
          body.writeTo(out);
        }
        Permissions.readableByAll(temporary);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** A stream, which stays open. */
  record ToStream(OutputStream out) implements ArchiveOutput {
    @Override
    public void write(Body body) throws IOException {
      body.writeTo(out);
      out.flush();
    }
  }
}
