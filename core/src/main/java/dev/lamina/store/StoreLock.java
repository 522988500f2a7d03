// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.task.FileLocks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock on a folder among all threads of all processes. A process holds its file locks as a whole,
 * and loses them when it closes any channel of the file, so threads of one JVM must take turns
 * first: hence the only static state of the store.
 */
final class StoreLock {
  private static final Map<Path, ReentrantLock> IN_THIS_JVM = new ConcurrentHashMap<>();

  private final Path file;
  private final ReentrantLock threads;

  private StoreLock(Path file, ReentrantLock threads) {
    this.file = file;
    this.threads = threads;
  }

  /**
   * Returns the lock of a file.
   *
   * @param file as {@link Path#toRealPath} gives it; made if it isn't there
   */
  static StoreLock of(Path file) {
    return new StoreLock(file, IN_THIS_JVM.computeIfAbsent(file, f -> new ReentrantLock()));
  }

  /** Runs a task with the lock held; a task may ask for it again. */
  <T> T locked(Storage.Task<T> task) throws IOException {
    threads.lock();
    try {
      return threads.getHoldCount() > 1 ? task.run() : lockedAmongProcesses(task);
    } finally {
      threads.unlock();
    }
  }

  private <T> T lockedAmongProcesses(Storage.Task<T> task) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = FileLocks.lock(channel, false)) {
      if (!held.isValid()) {
        throw new IOException(file + ": expected a lock, found none");
      }
      return task.run();
    }
  }
}
