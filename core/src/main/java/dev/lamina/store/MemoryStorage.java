// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.annotation.Nullable;

/**
 * A store in the heap, notes of others included. Its other folders for others are host folders,
 * made when somebody asks for one and deleted when it is closed, or after the process was killed by
 * the next.
 */
final class MemoryStorage implements Storage {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Area, Map<String, Thing>> areas = new EnumMap<>(Area.class); // by lock
  private final Set<Instant> leases = new HashSet<>(); // by lock
  private long ticks; // by lock; the time here, so that no two things happen at once
  private @Nullable Sessions.Session hostFolder; // by lock
  private final OverlayFileSystem notes = OverlayFileSystem.over(FileTree.empty());

  private record Thing(Content content, Instant modified) {}

  @Override
  public Optional<Content> find(Area area, String name) {
    lock.lock();
    try {
      return Optional.ofNullable(area(area).get(name)).map(Thing::content);
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Thing> area(Area area) {
    return areas.computeIfAbsent(area, a -> new TreeMap<>());
  }

  private Instant now() {
    return Instant.ofEpochSecond(0, ++ticks);
  }

  @Override
  public List<Item> list(Area area) {
    lock.lock();
    try {
      List<Item> items = new ArrayList<>();
      area(area).forEach((n, t) -> items.add(new Item(n, t.content().size(), t.modified())));
      return items;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> names(Area area) {
    lock.lock();
    try {
      return List.copyOf(area(area).keySet());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Staged stage() {
    return new StagedChunks(this);
  }

  void put(Area area, String name, Content content) {
    lock.lock();
    try {
      area(area).put(name, new Thing(content, now()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean touch(Area area, String name) {
    lock.lock();
    try {
      return area(area).computeIfPresent(name, (n, t) -> new Thing(t.content(), now())) != null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void delete(Area area, String name) {
    lock.lock();
    try {
      area(area).remove(name);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <T> T exclusively(Task<T> task) throws IOException {
    lock.lock();
    try {
      return task.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Path folder(String name) throws IOException {
    lock.lock();
    try {
      if (hostFolder == null) {
        hostFolder = TemporaryFolder.open();
      }
      return Files.createDirectories(hostFolder.folder().resolve(name));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Path notes(String name) throws IOException {
    return Files.createDirectories(notes.getPath("/", name));
  }

  @Override
  public Lease lease() {
    lock.lock();
    try {
      Instant began = now();
      leases.add(began);
      return () -> end(began);
    } finally {
      lock.unlock();
    }
  }

  private void end(Instant lease) {
    lock.lock();
    try {
      leases.remove(lease);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant protectedSince() {
    lock.lock();
    try {
      return leases.stream().min(Instant::compareTo).orElseGet(this::now);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      areas.clear();
      notes.close();
      if (hostFolder != null) {
        hostFolder.close();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "in memory";
  }
}
