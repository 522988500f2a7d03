// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.fs.Content;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;

/** A store in a host folder. */
final class DiskStorage implements Storage {
  private static final String OWN = "lamina";
  private static final String TEMPORARY = OWN + "/temp";

  private final Path root;
  private final StoreLock lock;
  private final Sessions sessions;
  private @Nullable Sessions.Session session; // guarded by this
  private final List<DiskLease> unwritten = new ArrayList<>(); // guarded by this
  private boolean closed; // guarded by this

  private DiskStorage(Path root) {
    this.root = root;
    this.lock = StoreLock.of(root.resolve(OWN).resolve("lock"));
    this.sessions = new Sessions(root.resolve(TEMPORARY));
  }

  static DiskStorage open(Path folder) throws IOException {
    Folders.create(folder);
    Path root = folder.toRealPath();
    Folders.create(root.resolve(OWN));
    DiskStorage storage = new DiskStorage(root);
    if (!storage.sessions.isEmpty()) {
      storage.exclusivelyDo(storage.sessions::sweep);
    }
    return storage;
  }

  Path folder(Area area) {
    return root.resolve(area.folder());
  }

  Path file(Area area, String name) {
    return folder(area).resolve(name);
  }

  /** Makes the folder of an area if it isn't there, so that it outlasts a power cut. */
  void createFolder(Area area) throws IOException {
    if (!Files.isDirectory(folder(area))) {
      Path parent = root;
      for (Path name : root.relativize(folder(area))) {
        Path child = parent.resolve(name);
        Files.createDirectories(child);
        Folders.sync(parent);
        parent = child;
      }
    }
  }

  @Override
  public Optional<Content> find(Area area, String name) throws IOException {
    try {
      Path file = file(area, name);
      return Optional.of(Content.ofFile(file, 0, Files.size(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Content> findMapped(Area area, String name) throws IOException {
    try {
      return Optional.of(MappedContent.of(file(area, name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<Item> list(Area area) throws IOException {
    List<Item> items = new ArrayList<>();
    for (String name : names(area)) {
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(file(area, name), BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
          Instant modified = attributes.lastModifiedTime().toInstant();
          items.add(new Item(name, attributes.size(), modified));
        }
      } catch (NoSuchFileException e) {
        // deleted meanwhile
      }
    }
    return items;
  }

  @Override
  public List<String> names(Area area) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(area))) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (NoSuchFileException e) {
      return List.of(); // nothing has been put there
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }

  @Override
  public Staged stage() throws IOException {
    return new StagedFile(session().newFile(), this);
  }

  @Override
  public boolean touch(Area area, String name) throws IOException {
    writeLeases();
    try {
      Files.setLastModifiedTime(file(area, name), FileTime.from(Instant.now()));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void delete(Area area, String name) throws IOException {
    Files.deleteIfExists(file(area, name));
  }

  @Override
  @CanIgnoreReturnValue
  public <T> T exclusively(Task<T> task) throws IOException {
    return lock.locked(task);
  }

  @Override
  public Path folder(String name) throws IOException {
    return Folders.create(root.resolve(OWN).resolve(name));
  }

  @Override
  public Path notes(String name) throws IOException {
    return folder(name);
  }

  /** A lease costs files; who only looks at what is there has nothing to be protected. */
  @Override
  public synchronized Lease lease() throws IOException {
    requireOpen();
    DiskLease lease = new DiskLease();
    unwritten.add(lease);
    return lease;
  }

  /** A lease, which is written down before the first thing that it protects comes in. */
  private final class DiskLease implements Lease {
    private @Nullable Lease written; // guarded by the storage

    @Override
    public void close() throws IOException {
      Lease file;
      synchronized (DiskStorage.this) {
        unwritten.remove(this);
        file = written;
        written = null;
      }
      if (file != null) {
        file.close();
      }
    }
  }

  /** Writes leases down, before something comes in. */
  void writeLeases() throws IOException {
    boolean any;
    synchronized (this) {
      any = !unwritten.isEmpty();
    }
    if (any) {
      Sessions.Session unused = session();
    }
  }

  @Override
  public Instant protectedSince() throws IOException {
    Instant oldest = sessions.oldestLeaseOrNull();
    return oldest == null ? Instant.now() : oldest;
  }

  private Sessions.Session session() throws IOException {
    // The store's lock comes before this object's, as tasks under it may come here.
    return exclusively(
        () -> {
          synchronized (this) {
            requireOpen();
            if (session == null) {
              session = sessions.open();
            }
            for (DiskLease lease : unwritten) {
              lease.written = session.lease();
            }
            unwritten.clear();
            return session;
          }
        });
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("store " + root + ": expected to be open, found closed");
    }
  }

  @Override
  public void close() throws IOException {
    Sessions.Session own;
    synchronized (this) {
      closed = true;
      own = session;
      session = null;
    }
    if (own != null) {
      own.close();
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
