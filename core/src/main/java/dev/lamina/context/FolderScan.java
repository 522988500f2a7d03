// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;

/**
 * Looks at everything below some places of a folder: each directory is listed once and each file
 * looked at once, by several threads if the folder is one of the host's own file system. A
 * directory that is left out is entered only if the rules may take something in it in again.
 */
final class FolderScan {
  private volatile boolean cancelled;

  /**
   * What was found at a place.
   *
   * @param name what it is called
   * @param entry what is there
   * @param children for a directory, what is in it, in byte order
   */
  record Found(String name, HostEntry entry, List<Found> children) {
    /** Returns whether it is part of the context: a directory that is left out is for its files. */
    boolean isIncluded() {
      return !entry.isExcluded() || !children.isEmpty();
    }
  }

  /** Returns what is at a place and below it. */
  Found scan(HostEntry place) throws IOException, InterruptedException {
    if (!place.isDirectory()) {
      return new Found("", place, List.of());
    }
    boolean parallel = place.file().getFileSystem() == FileSystems.getDefault();
    try {
      return new Found("", place, parallel ? inParallel(place) : children(place, false));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private List<Found> inParallel(HostEntry directory) throws IOException, InterruptedException {
    ForkJoinTask<List<Found>> task = ForkJoinPool.commonPool().submit(new Listing(directory));
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e;
      while (cause.getCause() != null && !(cause instanceof IOException)) {
        cause = cause.getCause();
      }
      throw cause instanceof IOException io ? io : new IOException(directory.file() + ": " + e, e);
    } finally {
      cancelled = true; // if this thread was interrupted, nobody waits for the rest
    }
  }

  private List<Found> children(HostEntry directory, boolean parallel) throws IOException {
    if (cancelled) {
      throw new CancellationException();
    }
    List<Slot> slots = new ArrayList<>();
    for (Map.Entry<String, Path> child : directory.listing().entrySet()) {
      HostEntry entry = directory.childOrNull(child.getKey(), child.getValue());
      if (entry != null) {
        slots.add(new Slot(child.getKey(), entry, parallel));
      }
    }
    List<Found> children = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      Found found = slot.found();
      if (found.isIncluded()) {
        children.add(found);
      }
    }
    return children;
  }

  /** A child, whose own children another thread may be looking for meanwhile. */
  private final class Slot {
    private final String name;
    private final HostEntry entry;
    private final List<ForkJoinTask<List<Found>>> below;

    Slot(String name, HostEntry entry, boolean parallel) {
      this.name = name;
      this.entry = entry;
      this.below = parallel && entry.isDirectory() ? List.of(new Listing(entry).fork()) : List.of();
    }

    Found found() throws IOException {
      if (!entry.isDirectory()) {
        return new Found(name, entry, List.of());
      }
      return new Found(name, entry, below.isEmpty() ? children(entry, false) : below.get(0).join());
    }
  }

  /** The children of a directory, looked for in a pool of threads. */
  private final class Listing extends RecursiveTask<List<Found>> {
    private static final long serialVersionUID = 1;
    private final transient HostEntry directory;

    Listing(HostEntry directory) {
      this.directory = directory;
    }

    @Override
    protected List<Found> compute() {
      try {
        return children(directory, true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
