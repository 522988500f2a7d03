// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fetch;

import dev.lamina.stream.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A response's body that is closed, which ends a read, when no byte has come for a while. */
final class StallingInputStream extends BlockInputStream {
  private final InputStream in;
  private final ScheduledExecutorService watchdog;
  private final ScheduledFuture<?> check;
  private final URI url;
  private volatile long lastNanos = System.nanoTime();
  private volatile boolean stalled;

  StallingInputStream(InputStream in, Duration timeout, URI url) {
    this.in = in;
    this.url = url;
    this.watchdog =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "download watchdog");
              thread.setDaemon(true);
              return thread;
            });
    this.check = watchdog.scheduleWithFixedDelay(() -> check(timeout), 1, 1, TimeUnit.SECONDS);
  }

  private void check(Duration timeout) {
    if (System.nanoTime() - lastNanos > timeout.toNanos()) {
      stalled = true;
      try {
        in.close();
      } catch (IOException e) {
        // the reader finds out by itself
      }
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int n = in.read(bytes, offset, length);
      lastNanos = System.nanoTime();
      return n;
    } catch (IOException e) {
      throw new FetchException(url + ": " + (stalled ? "no byte came for too long" : e), e);
    }
  }

  @Override
  public void close() throws IOException {
    check.cancel(true);
    watchdog.shutdown();
    in.close();
  }
}
