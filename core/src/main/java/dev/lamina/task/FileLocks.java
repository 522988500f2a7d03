// SPDX-License-Identifier: Apache-2.0
package dev.lamina.task;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for locks on files, as long as it takes. Safe for use by several threads. */
public final class FileLocks {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  private FileLocks() {}

  /**
   * Waits for a lock on a whole file, as {@link FileChannel#lock(long, long, boolean)} does. That
   * fails where it needn't: the kernel knows processes, not their threads, and so takes it for a
   * deadlock when a process waits for another that waits for it, though by other threads. Then this
   * asks again and again.
   *
   * @throws FileLockInterruptionException if this thread is interrupted
   */
  public static FileLock lock(FileChannel channel, boolean shared) throws IOException {
    try {
      return channel.lock(0, Long.MAX_VALUE, shared);
    } catch (ClosedChannelException | FileLockInterruptionException e) {
      throw e;
    } catch (IOException e) { // EDEADLK, which Java has no exception for; another comes again here
      return poll(channel, shared);
    }
  }

  private static FileLock poll(FileChannel channel, boolean shared) throws IOException {
    while (true) {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      if (lock != null) {
        return lock;
      }
      LockSupport.parkNanos(PAUSE);
      if (Thread.currentThread().isInterrupted()) {
        throw new FileLockInterruptionException();
      }
    }
  }
}
