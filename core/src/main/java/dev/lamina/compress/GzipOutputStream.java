// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.deflate.DeflateEncoder;
import dev.lamina.deflate.DeflateLevel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Gzip by Lamina's own encoder: one member (<a href="https://www.rfc-editor.org/rfc/rfc1952">RFC
 * 1952</a>) without a name or time, its chunks encoded independently of each other. Where it is cut
 * depends on what is written, not on how: neither the sizes of the writes nor the number of threads
 * make a difference.
 */
final class GzipOutputStream extends OutputStream {
  /** How much is looked through for cuts at a time; what follows a cut is moved. */
  private static final int PIECE = 64 << 10;

  private static final int FASTEST = 4;
  private static final int UNKNOWN_SYSTEM = 255;

  private final OutputStream out;
  private final ChunkPipeline pipeline;
  private final ChunkCuts cuts = new ChunkCuts();
  private final CRC32 crc = new CRC32();
  private Chunk chunk;
  private long size;
  private boolean broken;
  private boolean closed;

  GzipOutputStream(
      OutputStream out, DeflateLevel level, int parallelism, Optional<ChunkCache> cache)
      throws IOException {
    this.out = out;
    pipeline = new ChunkPipeline(level, parallelism, cache, out);
    chunk = pipeline.take();
    pipeline.write(header(level));
  }

  private static byte[] header(DeflateLevel level) {
    byte extra = level == DeflateLevel.FAST ? (byte) FASTEST : 0;
    return new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, extra, (byte) UNKNOWN_SYSTEM};
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("stream closed");
    }
    crc.update(buffer, offset, length);
    size += length;
    boolean written = false;
    try {
      for (int done = 0; done < length; ) {
        done += chunk.fill(buffer, offset + done, Math.min(length - done, PIECE));
        for (int cut = cuts.find(chunk); cut >= 0; cut = cuts.find(chunk)) {
          cut(cut);
        }
      }
      written = true;
    } finally {
      broken |= !written;
    }
  }

  private void cut(int at) throws IOException {
    Chunk rest = pipeline.take();
    chunk.split(at, rest);
    Chunk full = chunk;
    chunk = rest;
    pipeline.submit(full);
  }

  /** Does nothing: a stream's bytes must not depend on when it is flushed. */
  @Override
  public void flush() {}

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out;
        pipeline) {
      if (!broken) {
        pipeline.finish(chunk);
        pipeline.write(DeflateEncoder.end());
        pipeline.write(trailer());
      }
    }
  }

  private byte[] trailer() {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc.getValue())
        .putInt((int) size)
        .array();
  }
}
