// SPDX-License-Identifier: Apache-2.0
package dev.lamina.task;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.annotation.Nullable;

/**
 * A lock on a host file, between threads and between processes: one owner, or many that share it.
 * The kernel lets go of it when the JVM dies.
 *
 * <p>POSIX gives up a process's lock on a file when <i>any</i> of its descriptors of that file is
 * closed. So within the JVM a semaphore for each path comes first, and all who share a lock share
 * one descriptor.
 */
public final class PathLock implements Closeable {
  private static final int ALL = Integer.MAX_VALUE;
  private static final ConcurrentHashMap<Path, Slot> IN_THIS_JVM = new ConcurrentHashMap<>();

  private final Slot slot;
  private final int permits;
  private boolean closed;

  private PathLock(Slot slot, int permits) {
    this.slot = slot;
    this.permits = permits;
  }

  /** A path's lock in this JVM, there as long as somebody has or waits for it. */
  private static final class Slot {
    final Path path;
    final Semaphore semaphore = new Semaphore(ALL, true);
    int users; // changed inside IN_THIS_JVM.compute only
    int owners; // guarded by this
    @Nullable FileChannel channel; // guarded by this

    Slot(Path path) {
      this.path = path;
    }

    static Slot enter(Path file) throws IOException {
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null) {
        throw new IllegalArgumentException("lock: expected a file, found " + file);
      }
      Path key = folder.toRealPath().resolve(file.getFileName());
      return IN_THIS_JVM.compute(
          key,
          (path, old) -> {
            Slot slot = old == null ? new Slot(path) : old;
            slot.users++;
            return slot;
          });
    }

    void leave() {
      IN_THIS_JVM.compute(path, (key, slot) -> --users == 0 ? null : this);
    }

    /**
     * Locks the file unless another thread that shares the lock has done so; false if another
     * process has it.
     */
    synchronized boolean lockFile(boolean shared, boolean wait) throws IOException {
      if (channel != null) {
        owners++;
        return true;
      }
      FileChannel opened =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean locked = false;
      try {
        locked =
            (wait ? FileLocks.lock(opened, shared) : opened.tryLock(0, Long.MAX_VALUE, shared))
                != null;
      } finally {
        if (!locked) {
          opened.close();
        }
      }
      if (locked) {
        channel = opened;
        owners = 1;
      }
      return locked;
    }

    synchronized void unlockFile() throws IOException {
      if (--owners == 0 && channel != null) {
        FileChannel last = channel;
        channel = null;
        last.close();
      }
    }
  }

  /**
   * Waits until nobody else has the lock. The file is made if it is missing; its folder must be
   * there.
   */
  public static PathLock acquire(Path file) throws IOException {
    return acquire(file, ALL, true).orElseThrow();
  }

  /** Something to do that may fail. */
  @FunctionalInterface
  public interface Action<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** Does something while holding a lock that nobody else has. */
  public static <T> T holding(Path file, Action<T> action) throws IOException {
    PathLock lock = acquire(file);
    try {
      return action.run();
    } finally {
      lock.close();
    }
  }

  /** Waits until nobody has the lock for himself. */
  public static PathLock acquireShared(Path file) throws IOException {
    return acquire(file, 1, true).orElseThrow();
  }

  /** Returns the lock, or nothing if somebody has it. */
  public static Optional<PathLock> tryAcquire(Path file) throws IOException {
    return acquire(file, ALL, false);
  }

  private static Optional<PathLock> acquire(Path file, int permits, boolean wait)
      throws IOException {
    Slot slot = Slot.enter(file);
    boolean acquired = false;
    boolean locked = false;
    try {
      if (wait) {
        slot.semaphore.acquire(permits);
        acquired = true;
      } else {
        acquired = slot.semaphore.tryAcquire(permits);
      }
      locked = acquired && slot.lockFile(permits != ALL, wait);
      return locked ? Optional.of(new PathLock(slot, permits)) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + file);
    } finally {
      if (!locked) {
        if (acquired) {
          slot.semaphore.release(permits);
        }
        slot.leave();
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      slot.unlockFile();
    } finally {
      slot.semaphore.release(permits);
      slot.leave();
    }
  }
}
