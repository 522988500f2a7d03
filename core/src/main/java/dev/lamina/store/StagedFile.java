// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file on its way into a store: forced to disk, then renamed, then its folder forced.
 */
final class StagedFile extends Staged {
  private final Path file;
  private final DiskStorage storage;
  private final FileChannel channel;
  private boolean published;

  StagedFile(Path file, DiskStorage storage) throws IOException {
    this.file = file;
    this.storage = storage;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  @Override
  void publish(Area area, String name) throws IOException {
    if (area.isDurable()) {
      channel.force(true);
    }
    channel.close();
    storage.writeLeases(); // one may be younger than this file
    storage.createFolder(area);
    Files.move(
        file,
        storage.file(area, name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    published = true;
    if (area.isDurable()) {
      Folders.sync(storage.folder(area));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!published) {
      Files.deleteIfExists(file);
    }
  }
}
