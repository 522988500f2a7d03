// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.HostContent;
import dev.lamina.fs.Content;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import javax.annotation.Nullable;

/**
 * A file of a context on its way into a layer. Its bytes come from an earlier layer if they are
 * there as they were written, else from the file: a store that is damaged doesn't pass the damage
 * on under a new digest. A CRC is enough to see that, as what it guards against is no attacker:
 * that one could write a store's records as well as its blobs. For one reader.
 */
final class FileInLayer implements Content {
  private final HostContent file;
  private final Content reader;
  private final @Nullable Content earlier;
  private final int expected;
  private final ByteBuffer chunk;
  private final CRC32C sum = new CRC32C();
  private Source source;

  /** Where the bytes come from. */
  private interface Source {
    int read(long position, ByteBuffer dst) throws IOException;
  }

  /**
   * Takes a file.
   *
   * @param reader reads the file itself
   * @param earlier its bytes in an earlier layer; null if there is none
   * @param expected the CRC-32C that those were written with
   * @param chunk is used by nobody else while this is read
   */
  FileInLayer(
      HostContent file, Content reader, @Nullable Content earlier, int expected, ByteBuffer chunk) {
    this.file = file;
    this.reader = reader;
    this.earlier = earlier;
    this.expected = expected;
    this.chunk = chunk;
    this.source = this::readFile;
  }

  HostContent file() {
    return file;
  }

  /** Returns the CRC-32C of the bytes, when they have been read from the first to the last. */
  int sum() {
    return (int) sum.getValue();
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    if (position == 0) {
      sum.reset();
      source = earlier == null ? this::readFile : source(earlier);
    }
    return source.read(position, dst);
  }

  private int readFile(long position, ByteBuffer dst) throws IOException {
    ByteBuffer read = dst.duplicate();
    int n = reader.read(position, dst);
    if (n > 0) {
      sum.update(read.limit(read.position() + n));
    }
    return n;
  }

  /** Reads what is in an earlier layer, to see whether it is what was written there. */
  private Source source(Content layer) throws IOException {
    for (long position = 0; position < layer.size(); position += chunk.limit()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), layer.size() - position));
      while (chunk.hasRemaining()) {
        if (layer.read(position + chunk.position(), chunk) < 0) {
          throw new EOFException(file + ": its layer was cut off");
        }
      }
      sum.update(chunk.flip());
    }
    if (sum() != expected) {
      sum.reset();
      return this::readFile;
    }
    return layer.size() <= chunk.capacity() ? this::readChunk : layer::read;
  }

  /** Reads what the chunk holds from the first byte to the last. */
  private int readChunk(long position, ByteBuffer dst) {
    int n = Math.min(dst.remaining(), chunk.limit() - (int) position);
    dst.put(dst.position(), chunk, (int) position, n);
    dst.position(dst.position() + n);
    return n;
  }
}
