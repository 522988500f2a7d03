// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A watched directory, and what happened in it since its events were last taken. */
final class OverlayWatchKey implements WatchKey {
  private static final int MOST = 512;

  private final OverlayWatchService service;
  private final OverlayPath directory;
  private final byte[][] names;
  private volatile Set<WatchEvent.Kind<?>> kinds;
  private volatile boolean valid = true;

  // Guarded by this.
  private List<WatchEvent<?>> events = new ArrayList<>();
  private boolean signalled;

  OverlayWatchKey(
      OverlayWatchService service,
      OverlayPath directory,
      byte[][] names,
      Set<WatchEvent.Kind<?>> kinds) {
    this.service = service;
    this.directory = directory;
    this.names = names;
    this.kinds = kinds;
  }

  boolean isFor(byte[][] itsNames) {
    return Names.same(names, itsNames);
  }

  void setKinds(Set<WatchEvent.Kind<?>> newKinds) {
    kinds = newKinds;
  }

  boolean isParentOf(byte[][] path) {
    return path.length == names.length + 1 && Names.startsWith(path, names);
  }

  /** Whether it is about the directory at {@code path} or one below. */
  boolean isWithin(byte[][] path) {
    return Names.startsWith(names, path);
  }

  /** The directory is not there any more: the key is signalled for the last time. */
  void end() {
    cancel();
    signal();
  }

  void signal(byte[] name, ChangeKind change) {
    WatchEvent.Kind<Path> kind =
        switch (change) {
          case CREATED -> StandardWatchEventKinds.ENTRY_CREATE;
          case DELETED -> StandardWatchEventKinds.ENTRY_DELETE;
          case MODIFIED -> StandardWatchEventKinds.ENTRY_MODIFY;
        };
    if (kinds.contains(kind)) {
      add(kind, new OverlayPath(directory.getFileSystem(), false, new byte[][] {name}));
    }
  }

  private synchronized void add(WatchEvent.Kind<Path> kind, OverlayPath context) {
    int last = events.size() - 1;
    if (last >= 0
        && events.get(last) instanceof Event event
        && event.kind().equals(kind)
        && event.context().equals(context)) {
      events.set(last, new Event(kind, context, event.count() + 1));
    } else if (last + 1 >= MOST) {
      events.clear();
      events.add(new Overflow());
    } else {
      events.add(new Event(kind, context, 1));
    }
    signal();
  }

  private synchronized void signal() {
    if (!signalled) {
      signalled = true;
      service.enqueue(this);
    }
  }

  @Override
  public boolean isValid() {
    return valid;
  }

  @Override
  public synchronized List<WatchEvent<?>> pollEvents() {
    List<WatchEvent<?>> polled = events;
    events = new ArrayList<>();
    return polled;
  }

  @Override
  public synchronized boolean reset() {
    if (valid) {
      if (events.isEmpty()) {
        signalled = false;
      } else {
        service.enqueue(this);
      }
    }
    return valid;
  }

  @Override
  public void cancel() {
    valid = false;
    service.cancelled(this);
  }

  @Override
  public Path watchable() {
    return directory;
  }

  @Override
  public String toString() {
    return directory + " " + Arrays.toString(kinds.toArray());
  }

  private record Event(WatchEvent.Kind<Path> kind, OverlayPath context, int count)
      implements WatchEvent<Path> {}

  private record Overflow() implements WatchEvent<Object> {
    @Override
    public Kind<Object> kind() {
      return StandardWatchEventKinds.OVERFLOW;
    }

    @Override
    public int count() {
      return 1;
    }

    @Override
    @SuppressWarnings("NullAway") // documented so
    public Object context() {
      return null;
    }
  }
}
