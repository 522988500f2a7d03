// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of a stream, to be read again and in any order: in memory if they are few, else in a
 * temporary file that is deleted once nobody can read them any more, at the latest when the JVM
 * ends.
 */
final class Spool {
  private static final int IN_MEMORY = 1 << 20;
  private static final Cleaner CLEANER = Cleaner.create();

  private Spool() {}

  /** Reads a stream to its end. */
  static Content of(InputStream in) throws IOException {
    byte[] head = in.readNBytes(IN_MEMORY);
    if (head.length < IN_MEMORY) {
      return Content.of(head);
    }
    Path file = Files.createTempFile("lamina-context-", ".tar");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(head);
      in.transferTo(out);
    } catch (IOException | RuntimeException e) {
      Files.delete(file);
      throw e;
    }
    file.toFile().deleteOnExit();
    Spooled spooled = new Spooled(Content.ofFile(file));
    CLEANER.register(spooled, () -> delete(file));
    return spooled;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // to nobody: the JVM's end is the second try
    }
  }

  /** Slices of it keep it, and so the file, alive. */
  private static final class Spooled implements Content {
    private final Content bytes;

    Spooled(Content bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public int read(long position, ByteBuffer dst) throws IOException {
      return bytes.read(position, dst);
    }
  }
}
