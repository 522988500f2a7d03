// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A host file in memory: the system reads what is looked at. The file may be deleted or replaced
 * meanwhile, but must not be written to.
 */
final class MappedContent implements Content {
  /** Below this size a file is read as fast as it is mapped. */
  private static final int MIN_SIZE = 64 << 10;

  private final ByteBuffer bytes;

  private MappedContent(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns a file's bytes, mapped if they are neither few nor too many for that. On Windows a file
   * that is mapped can't be deleted, so that none is there.
   */
  static Content of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < MIN_SIZE) {
        return Content.of(Channels.newInputStream(channel).readAllBytes());
      }
      return size > Integer.MAX_VALUE || Folders.isWindows()
          ? Content.ofFile(file, 0, size)
          : new MappedContent(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
    }
  }

  @Override
  public long size() {
    return bytes.capacity();
  }

  @Override
  public int read(long position, ByteBuffer dst) {
    if (position >= bytes.capacity()) {
      return -1;
    }
    int n = Math.min(dst.remaining(), bytes.capacity() - (int) position);
    dst.put(dst.position(), bytes, (int) position, n);
    dst.position(dst.position() + n);
    return n;
  }
}
