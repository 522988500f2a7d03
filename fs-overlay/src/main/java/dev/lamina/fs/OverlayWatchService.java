// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nullable;

/** Watches directories: what is done through the file system is signalled at once. */
final class OverlayWatchService implements WatchService {
  private final Volume volume;
  private final BlockingQueue<OverlayWatchKey> signalled = new LinkedBlockingQueue<>();
  private final Set<OverlayWatchKey> keys = ConcurrentHashMap.newKeySet();
  private final OverlayWatchKey end; // wakes those who wait when the service is closed
  private volatile boolean closed;

  OverlayWatchService(Volume volume, OverlayPath root) {
    this.volume = volume;
    this.end = new OverlayWatchKey(this, root, Names.NONE, Set.of());
  }

  synchronized WatchKey register(OverlayPath directory, WatchEvent.Kind<?>... events)
      throws IOException {
    checkOpen();
    Set<WatchEvent.Kind<?>> kinds = new HashSet<>();
    for (WatchEvent.Kind<?> kind : events) {
      if (!Set.of(
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.OVERFLOW)
          .contains(kind)) {
        throw Refused.watchEvent(kind.name());
      }
      kinds.add(kind);
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("no events to watch for");
    }
    Located found = volume.require(directory, true);
    if (!(found.inode() instanceof DirectoryInode)) {
      throw new NotDirectoryException(directory.toString());
    }
    for (OverlayWatchKey known : keys) {
      if (known.isFor(found.names())) {
        known.setKinds(kinds);
        return known;
      }
    }
    OverlayWatchKey key = new OverlayWatchKey(this, directory, found.names(), kinds);
    keys.add(key);
    volume.watchers.add(key);
    return key;
  }

  void enqueue(OverlayWatchKey key) {
    signalled.add(key);
  }

  void cancelled(OverlayWatchKey key) {
    keys.remove(key);
    volume.watchers.remove(key);
  }

  private void checkOpen() {
    if (closed) {
      throw new ClosedWatchServiceException();
    }
  }

  private @Nullable WatchKey live(@Nullable OverlayWatchKey key) {
    if (key == end) {
      signalled.add(end);
    }
    checkOpen();
    return key;
  }

  @Override
  public @Nullable WatchKey poll() {
    checkOpen();
    return live(signalled.poll());
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    checkOpen();
    return live(signalled.poll(timeout, unit));
  }

  @Override
  @SuppressWarnings("NullAway") // take never gives null
  public WatchKey take() throws InterruptedException {
    checkOpen();
    return live(signalled.take());
  }

  @Override
  public void close() {
    closed = true;
    signalled.add(end);
    for (OverlayWatchKey key : keys) {
      key.cancel();
    }
    volume.closed(this);
  }
}
