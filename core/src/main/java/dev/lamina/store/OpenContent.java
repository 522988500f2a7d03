// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import dev.lamina.fs.ContentOpener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A content whose file stays open for as long as somebody reads many parts of it, and for no longer
 * than until that one closes it. Thread-safe.
 */
public final class OpenContent implements Content, Closeable {
  private final Content bytes;
  private final Closeable file;

  private OpenContent(Content bytes, Closeable file) {
    this.bytes = bytes;
    this.file = file;
  }

  /** Returns a content that has no file. */
  static OpenContent of(Content bytes) {
    return new OpenContent(bytes, () -> {});
  }

  /** Opens a host file. */
  static OpenContent of(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      long size = channel.size();
      return new OpenContent(Content.ofFile(file, 0, size, path -> new Shared(channel)), channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What one read has of a file that others read too. */
  private record Shared(FileChannel channel) implements ContentOpener.Opened {
    @Override
    public void close() {} // who opened the content does that
  }

  @Override
  public long size() {
    return bytes.size();
  }

  /**
   * Reads bytes, as {@link Content#read} says.
   *
   * @throws java.nio.channels.ClosedChannelException if it is closed
   */
  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    return bytes.read(position, dst);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
