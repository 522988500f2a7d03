// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import javax.annotation.Nullable;

/**
 * Reads contents one after the other. A host file that several in a row are parts of, as the files
 * of a layer are, is opened once, and closed when another is read. For one thread.
 */
public final class ContentReader implements Closeable {
  private @Nullable Open last;

  /** A file that is open, and a part of it. */
  private record Open(FileContent part, ContentOpener.Opened file) implements ContentOpener.Opened {
    @Override
    public FileChannel channel() {
      return file.channel();
    }

    @Override
    public void check() throws IOException {
      file.check();
    }

    @Override
    public void close() {} // the reader does that
  }

  /**
   * Returns a stream of all bytes of a content, which is to be read before the next is asked for,
   * and to be closed.
   *
   * @throws IOException if they can't be had
   */
  public InputStream open(Content content) throws IOException {
    if (!(content instanceof FileContent part)) {
      return content.newInputStream();
    }
    Open open = last;
    if (open == null || !open.part.isOpenedAs(part)) {
      close();
      open = new Open(part, part.open());
      last = open;
    }
    return part.newInputStream(open);
  }

  /** Closes what is open; another content may still be read after that. */
  @Override
  public void close() throws IOException {
    Open open = last;
    last = null;
    if (open != null) {
      open.file.close();
    }
  }
}
