// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.Content;
import dev.lamina.store.LocalStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An uncompressed archive, in place or as a temporary file that is gone when this is closed. On
 * POSIX systems the file has no name from the start, so that nothing is left of a killed process.
 */
final class ArchiveCopy implements Closeable {
  private final Content content;
  private final Closeable resource;

  private ArchiveCopy(Content content, Closeable resource) {
    this.content = content;
    this.resource = resource;
  }

  static ArchiveCopy inPlace(Content content) {
    return new ArchiveCopy(content, () -> {});
  }

  /** Copies a stream, which is closed. */
  static ArchiveCopy of(InputStream stream, LocalStore store) throws IOException {
    try (InputStream in = stream) {
      Path file = Files.createTempFile(store.folder("archives"), "archive", ".tar");
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      try {
        unlink(file);
        in.transferTo(Channels.newOutputStream(channel));
        return new ArchiveCopy(new ChannelContent(channel, channel.size()), channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  private static void unlink(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      // Not on this system while it is open; closing deletes it.
    }
  }

  Content content() {
    return content;
  }

  @Override
  public void close() throws IOException {
    resource.close();
  }

  /**
   * What is in an open file.
   *
   * @param channel read at positions only
   * @param size the number of bytes
   */
  private record ChannelContent(FileChannel channel, long size) implements Content {
    @Override
    public int read(long position, ByteBuffer dst) throws IOException {
      return channel.read(dst, position);
    }
  }
}
