// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.annotation.Nullable;

/**
 * The content of a file that is being written: chunks over what was there before, which is only
 * read where it is not overwritten. So the first byte written to a large file costs one chunk.
 *
 * <p>Writers hold the file's monitor and have the edit token it was made with; when that is over,
 * it never changes again. Readers need no lock.
 */
final class FileBuffer implements Content {
  private final Object owner;
  private final Spill spill;
  private final Content lower;
  private volatile State state;

  /**
   * What readers see.
   *
   * @param size number of bytes
   * @param lowerEnd where the bytes of the lower content end that may still be seen
   * @param chunks what was written
   */
  private record State(long size, long lowerEnd, ChunkTable chunks) {}

  private FileBuffer(Object owner, Spill spill, Content lower, State state) {
    this.owner = owner;
    this.spill = spill;
    this.lower = lower;
    this.state = state;
  }

  /** A buffer that starts with the bytes of {@code content}, and copies none of them. */
  static FileBuffer over(Content content, Object owner, Spill spill) {
    if (content instanceof FileBuffer buffer && buffer.spill == spill) {
      return new FileBuffer(owner, spill, buffer.lower, buffer.state);
    }
    long size = content.size();
    return new FileBuffer(owner, spill, content, new State(size, size, ChunkTable.EMPTY));
  }

  Object owner() {
    return owner;
  }

  @Override
  public long size() {
    return state.size();
  }

  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    State now = state;
    if (position >= now.size()) {
      return -1;
    }
    int start = dst.position();
    int limit = dst.limit();
    long end = Math.min(now.size(), position + dst.remaining());
    try {
      for (long p = position; p < end; p = position + dst.position() - start) {
        int offset = (int) (p % Chunk.SIZE);
        int n = (int) Math.min(end - p, Chunk.SIZE - offset);
        dst.limit(dst.position() + n);
        Chunk chunk = now.chunks().get(p / Chunk.SIZE);
        if (chunk != null) {
          chunk.read(offset, dst);
        } else {
          readLower(now, p, dst);
        }
      }
    } finally {
      dst.limit(limit);
    }
    return dst.position() - start;
  }

  /** Fills {@code dst} with what was there before, and zeros behind that. */
  private void readLower(State now, long position, ByteBuffer dst) throws IOException {
    int limit = dst.limit();
    long below = Math.max(0, Math.min(dst.remaining(), now.lowerEnd() - position));
    dst.limit(dst.position() + (int) below);
    for (long p = position; dst.hasRemaining(); ) {
      int n = lower.read(p, dst);
      if (n < 0) {
        throw ContentSlice.shortContent(lower, p);
      }
      p += n;
    }
    dst.limit(limit);
    Chunk.zeros(dst, dst.remaining());
  }

  /** Writes all bytes of {@code src}; a gap behind the end becomes zeros that take no space. */
  void write(long position, ByteBuffer src) throws IOException {
    int limit = src.limit();
    State now = state;
    ChunkTable chunks = now.chunks();
    long p = position;
    try {
      while (src.position() < limit) {
        int offset = (int) (p % Chunk.SIZE);
        int n = Math.min(limit - src.position(), Chunk.SIZE - offset);
        src.limit(src.position() + n);
        Chunk old = chunks.get(p / Chunk.SIZE);
        Chunk written = write(now, p - offset, old, offset, src);
        if (written != old) {
          chunks = chunks.with(p / Chunk.SIZE, written);
        }
        p += n;
      }
    } finally {
      src.limit(limit);
      state = new State(Math.max(now.size(), p), now.lowerEnd(), chunks);
    }
  }

  private Chunk write(State now, long start, @Nullable Chunk old, int offset, ByteBuffer src)
      throws IOException {
    if (old != null && old.owner == owner) {
      return old.write(offset, src);
    }
    long known = old != null ? old.length() : Math.min(Chunk.SIZE, now.lowerEnd() - start);
    if (offset == 0 && src.remaining() >= known) {
      return spill.store(owner, src);
    }
    int length = (int) Math.max(known, offset + src.remaining());
    ByteBuffer merged = ByteBuffer.allocate(length);
    if (old != null) {
      old.read(0, merged);
    } else {
      readLower(now, start, merged);
    }
    merged.position(offset);
    merged.put(src);
    return spill.store(owner, merged.rewind());
  }

  /** Makes it shorter, or longer by zeros that take no space. */
  void setSize(long size) throws IOException {
    State now = state;
    if (size >= now.size()) {
      state = new State(size, now.lowerEnd(), now.chunks());
      return;
    }
    long whole = size / Chunk.SIZE;
    int rest = (int) (size % Chunk.SIZE);
    ChunkTable chunks = now.chunks().before(rest == 0 ? whole : whole + 1);
    Chunk last = rest == 0 ? null : chunks.get(whole);
    if (last != null && last.length() > rest) {
      chunks = chunks.with(whole, last.cut(owner, rest));
    }
    state = new State(size, Math.min(now.lowerEnd(), size), chunks);
  }

  /** The content in the smallest form it has; for one who has the token, when nobody writes. */
  Content sealed() {
    State now = state;
    if (now.size() == 0) {
      return Content.empty();
    }
    return now.size() <= Chunk.SIZE
            && now.chunks().get(0) instanceof MemoryChunk chunk
            && chunk.length() == now.size()
        ? new CountedBytes(chunk.bytes(), owner)
        : this;
  }

  /** Gives the space back; nobody may read it again. */
  void free() {
    state
        .chunks()
        .forEach(
            chunk -> {
              if (chunk.owner == owner) {
                chunk.free();
              }
            });
  }
}
