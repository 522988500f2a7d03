// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Opens the host file of a {@linkplain Content#ofFile(Path, long, long, ContentOpener) content}
 * each time somebody reads it, and may say in the end that the bytes are not those. Thread-safe;
 * equal openers give equal bytes of equal paths.
 */
@FunctionalInterface
public interface ContentOpener {

  /**
   * Opens a file for one reader, who closes it.
   *
   * @throws IOException if it can't be opened, or is not the file that was meant
   */
  Opened open(Path file) throws IOException;

  /** A file that is open. For one thread. */
  interface Opened extends Closeable {
    /** Returns what its bytes are read from; {@link #close} closes it. */
    FileChannel channel();

    /**
     * Takes note that all that was asked for was read, or that the file ended before that.
     *
     * @throws IOException if what was read is not what the content had
     */
    default void check() throws IOException {}

    @Override
    default void close() throws IOException {
      channel().close();
    }
  }
}
