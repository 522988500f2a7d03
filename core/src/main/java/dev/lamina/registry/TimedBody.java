// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.stream.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nullable;

/**
 * The body of an answer as a stream that gives up when nothing comes for a while: the timeout of
 * {@link java.net.http.HttpRequest} doesn't bound the body. The client gives, one thread reads.
 */
final class TimedBody extends BlockInputStream implements HttpResponse.BodySubscriber<InputStream> {
  /** How many messages of some 16 kB each are on their way to the reader. */
  private static final int WINDOW = 64;

  /**
   * How many are asked for at a time. Where the network is faster than the reader, each request has
   * the client's selector wake up and take up reading again.
   */
  private static final int BATCH = WINDOW / 2;

  private final Duration idleTimeout;
  private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
  @Nullable private volatile Flow.Subscription subscription;
  private volatile boolean closed;
  private List<ByteBuffer> current = List.of();
  private int next;
  private int taken;
  @Nullable private Message end;

  /** Something from the client: bytes, the end, or the end with what went wrong. */
  private record Message(List<ByteBuffer> buffers, @Nullable Throwable failure) {}

  TimedBody(Duration idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    if (closed) {
      newSubscription.cancel();
    } else {
      newSubscription.request(WINDOW);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    queue.add(new Message(buffers, null));
  }

  @Override
  public void onError(Throwable failure) {
    queue.add(new Message(List.of(), failure));
  }

  @Override
  public void onComplete() {
    queue.add(new Message(List.of(), null));
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("body: expected an open stream, found a closed one");
    }
    if (length == 0) {
      return 0;
    }
    int n = take(target, offset, length);
    while (n < length && (n == 0 || hasMore()) && fetch()) {
      n += take(target, offset + n, length - n);
    }
    return n == 0 ? -1 : n;
  }

  /** Takes what is left of the message. */
  private int take(byte[] target, int offset, int length) {
    int done = 0;
    while (next < current.size() && done < length) {
      ByteBuffer buffer = current.get(next);
      int n = Math.min(length - done, buffer.remaining());
      buffer.get(target, offset + done, n);
      done += n;
      next += buffer.hasRemaining() ? 0 : 1;
    }
    return done;
  }

  /** Returns whether more bytes have come; larger pieces are quicker to digest and to write. */
  private boolean hasMore() {
    Message message = queue.peek();
    return message != null && message.failure() == null;
  }

  /** Takes the next message; false at the end. */
  private boolean fetch() throws IOException {
    Message message = end == null ? poll() : end;
    if (message.failure() != null) {
      end = message;
      throw new IOException("body: " + message.failure().getMessage(), message.failure());
    }
    if (message.buffers().isEmpty()) {
      end = message;
      return false;
    }
    current = message.buffers();
    next = 0;
    Flow.Subscription from = subscription;
    if (from != null && ++taken % BATCH == 0) {
      from.request(BATCH);
    }
    return true;
  }

  private Message poll() throws IOException {
    try {
      Message message = queue.poll(idleTimeout.toNanos(), TimeUnit.NANOSECONDS);
      if (message == null) {
        close();
        throw new SocketTimeoutException(
            "body: expected more within " + idleTimeout.toMillis() + " ms, found nothing");
      }
      return message;
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("body").initCause(e);
    }
  }

  /** Gives the connection up unless the body has been read to its end. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription from = subscription;
    if (from != null) {
      from.cancel();
    }
  }
}
