// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.deflate.DeflateEncoder;
import dev.lamina.deflate.DeflateLevel;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;
import javax.annotation.Nullable;

/**
 * Encodes chunks on several threads and writes them in order. There are at most so many chunks; who
 * wants one more waits for the oldest to be done. Threads are started with the second chunk only: a
 * short stream needs none.
 *
 * <p>Used by one thread.
 */
final class ChunkPipeline implements Closeable {
  /** One to fill and one to write. */
  private static final int MIN_CHUNKS = 2;

  /** The part of the heap that the chunks of a stream may take. */
  private static final int HEAP_SHARE = 8;

  private static final int CHUNK_MEMORY =
      Chunk.CAPACITY + DeflateEncoder.maxEncodedSize(Chunk.CAPACITY);

  private final DeflateLevel level;
  private final OutputStream out;
  private final int workers;
  private final int maxChunks;
  private final @Nullable ChunkCache cache;
  private final Deque<DeflateEncoder> encoders = new ConcurrentLinkedDeque<>();
  private final Deque<Chunk> submitted = new ArrayDeque<>();
  private final Deque<Chunk> free = new ArrayDeque<>();
  private int chunks;
  private long position;
  private @Nullable ExecutorService threads;

  ChunkPipeline(DeflateLevel level, int parallelism, Optional<ChunkCache> cache, OutputStream out) {
    this.level = level;
    this.out = out;
    this.cache = cache.orElse(null);
    long affordable = Runtime.getRuntime().maxMemory() / HEAP_SHARE / CHUNK_MEMORY;
    maxChunks = (int) Math.max(MIN_CHUNKS, Math.min(affordable, 2L * parallelism + 1));
    workers = Math.min(parallelism, maxChunks - 1);
  }

  /** Writes bytes that aren't a chunk's; everything submitted must have been written. */
  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  /** Returns an empty chunk, having waited for one if need be. */
  Chunk take() throws IOException {
    while (!submitted.isEmpty() && isDone(submitted.element())) {
      writeOldest();
    }
    if (free.isEmpty() && chunks < maxChunks) {
      chunks++;
      return new Chunk();
    }
    if (free.isEmpty()) {
      writeOldest();
    }
    return free.pop();
  }

  private static boolean isDone(Chunk chunk) {
    return chunk.pending == null || chunk.pending.isDone();
  }

  /** Has a chunk encoded and, when its turn comes, written. */
  void submit(Chunk chunk) throws IOException {
    submitted.add(chunk);
    if (workers == 1) {
      encode(chunk);
      writeOldest();
      return;
    }
    if (threads == null) {
      threads = Executors.newFixedThreadPool(workers, ChunkPipeline::newThread);
    }
    chunk.pending =
        threads.submit(
            () -> {
              encode(chunk);
              return chunk;
            });
  }

  private static Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "lamina-deflate");
    thread.setDaemon(true);
    return thread;
  }

  /** Has the last chunk encoded and writes all there is. */
  void finish(Chunk last) throws IOException {
    if (last.size > 0) {
      if (threads == null) {
        submitted.add(last);
        encode(last);
      } else {
        submit(last);
      }
    }
    while (!submitted.isEmpty()) {
      writeOldest();
    }
  }

  private void encode(Chunk chunk) throws IOException {
    if (cache != null && chunk.recall(cache)) {
      return;
    }
    DeflateEncoder idle = encoders.poll();
    DeflateEncoder encoder = idle == null ? DeflateEncoder.of(level) : idle;
    chunk.encode(encoder);
    encoders.push(encoder);
  }

  private void writeOldest() throws IOException {
    Chunk chunk = submitted.remove();
    await(chunk);
    out.write(chunk.encoded, 0, chunk.encodedSize);
    if (cache != null && chunk.sha256 != null) {
      CRC32 crc = new CRC32();
      crc.update(chunk.encoded, 0, chunk.encodedSize);
      cache.add(
          new ChunkCache.EncodedChunk(
              chunk.sha256, position, chunk.encodedSize, (int) crc.getValue()));
    }
    position += chunk.encodedSize;
    chunk.clear();
    free.push(chunk);
  }

  private static void await(Chunk chunk) throws IOException {
    if (chunk.pending == null) {
      return;
    }
    try {
      chunk.pending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("compression interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static IOException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  /** Stops the threads, whatever they are at. */
  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
