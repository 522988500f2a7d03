// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.annotation.Nullable;

/** Runs the operations of a channel on an executor. */
final class OverlayAsyncChannel extends AsynchronousFileChannel {
  private final OverlayChannel channel;
  private final ExecutorService executor;

  OverlayAsyncChannel(OverlayChannel channel, ExecutorService executor) {
    this.channel = channel;
    this.executor = executor;
  }

  private <T> Future<T> submit(Callable<T> operation) {
    CompletableFuture<T> future = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            future.complete(call(operation));
          } catch (Exception e) {
            future.completeExceptionally(e);
          }
        });
    return future;
  }

  private <T, A> void submit(
      Callable<T> operation, @Nullable A attachment, CompletionHandler<T, ? super A> handler) {
    if (handler == null) {
      throw new NullPointerException("handler");
    }
    executor.execute(
        () -> {
          T result;
          try {
            result = call(operation);
          } catch (Exception e) {
            handler.failed(e, attachment);
            return;
          }
          handler.completed(result, attachment);
        });
  }

  private <T> T call(Callable<T> operation) throws Exception {
    boolean wasOpen = channel.isOpen();
    try {
      return operation.call();
    } catch (ClosedChannelException e) {
      throw wasOpen ? new AsynchronousCloseException() : e;
    }
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public AsynchronousFileChannel truncate(long size) throws IOException {
    OverlayChannel ignored = channel.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    channel.force(metaData);
  }

  private OverlayLock lockNow(long position, long size, boolean shared) throws IOException {
    return channel.lock(this, position, size, shared);
  }

  @Override
  public <A> void lock(
      long position,
      long size,
      boolean shared,
      A attachment,
      CompletionHandler<FileLock, ? super A> handler) {
    submit(() -> lockNow(position, size, shared), attachment, handler);
  }

  @Override
  public Future<FileLock> lock(long position, long size, boolean shared) {
    return submit(() -> lockNow(position, size, shared));
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return lockNow(position, size, shared);
  }

  @Override
  public <A> void read(
      ByteBuffer dst, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
    checkRead(dst, position);
    submit(() -> channel.read(dst, position), attachment, handler);
  }

  @Override
  public Future<Integer> read(ByteBuffer dst, long position) {
    checkRead(dst, position);
    return submit(() -> channel.read(dst, position));
  }

  private void checkRead(ByteBuffer dst, long position) {
    if (dst.isReadOnly()) {
      throw new IllegalArgumentException("read-only buffer");
    }
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    channel.requireReadable();
  }

  @Override
  public <A> void write(
      ByteBuffer src, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
    checkWrite(position);
    submit(() -> channel.write(src, position), attachment, handler);
  }

  @Override
  public Future<Integer> write(ByteBuffer src, long position) {
    checkWrite(position);
    return submit(() -> channel.write(src, position));
  }

  private void checkWrite(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    channel.requireWritable();
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.releaseLocks(this);
    channel.close();
  }
}
