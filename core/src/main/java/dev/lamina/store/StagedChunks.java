// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes on their way into a store in memory, in chunks, so that there may be more than an array can
 * hold.
 */
final class StagedChunks extends Staged {
  private static final int CHUNK = 1 << 20;
  private static final int FIRST = 4 << 10;

  private final MemoryStorage storage;
  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[FIRST];
  private int used;

  StagedChunks(MemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int done = 0; done < length; ) {
      if (used == CHUNK) {
        full.add(last);
        last = new byte[FIRST];
        used = 0;
      } else if (used == last.length) {
        last = Arrays.copyOf(last, Math.min(CHUNK, 4 * last.length));
      }
      int n = Math.min(length - done, last.length - used);
      System.arraycopy(bytes, offset + done, last, used, n);
      used += n;
      done += n;
    }
  }

  private Content content() {
    if (full.isEmpty()) {
      return Content.of(Arrays.copyOf(last, used));
    }
    List<byte[]> chunks = new ArrayList<>(full);
    chunks.add(Arrays.copyOf(last, used));
    return new Chunks(chunks.toArray(new byte[0][]), (long) full.size() * CHUNK + used);
  }

  @Override
  void publish(Area area, String name) {
    storage.put(area, name, content());
  }

  @Override
  public void close() {
    // what isn't published is nowhere
  }

  /** Chunks of equal length, but for the last. */
  private static final class Chunks implements Content {
    private final byte[][] chunks;
    private final long size;

    Chunks(byte[][] chunks, long size) {
      this.chunks = chunks;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(long position, ByteBuffer dst) {
      if (position >= size) {
        return -1;
      }
      byte[] chunk = chunks[(int) (position / CHUNK)];
      int from = (int) (position % CHUNK);
      int n = Math.min(dst.remaining(), chunk.length - from);
      dst.put(chunk, from, n);
      return n;
    }
  }
}
