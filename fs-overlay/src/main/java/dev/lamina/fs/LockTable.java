// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;

/** The locks on one file. They are held by the JVM, so two of them may never overlap. */
final class LockTable {
  private final List<FileLock> locks = new ArrayList<>();

  synchronized void add(FileLock lock) {
    for (FileLock other : locks) {
      if (other.overlaps(lock.position(), lock.size())) {
        throw new OverlappingFileLockException();
      }
    }
    locks.add(lock);
  }

  synchronized void remove(FileLock lock) {
    locks.remove(lock);
  }

  synchronized boolean contains(FileLock lock) {
    return locks.contains(lock);
  }

  /** Lets all locks go that were made through {@code channel}. */
  synchronized void removeAll(Object channel) {
    locks.removeIf(lock -> lock.acquiredBy() == channel);
  }
}
