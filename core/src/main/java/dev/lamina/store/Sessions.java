// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nullable;

/**
 * The folder of temporary files of a store: one sub-folder for each open store, with a file that
 * its process holds locked as long as it lives. What dead processes left is swept away by the next
 * that opens the store. Guarded by the store's lock, except where said.
 */
final class Sessions {
  private static final String ALIVE = "alive";
  private static final String LEASE = "lease-";

  /** Folders of this JVM, whose lock files must not even be opened by another than their owner. */
  private static final Set<Path> IN_THIS_JVM = ConcurrentHashMap.newKeySet();

  private final Path folder;

  Sessions(Path folder) {
    this.folder = folder;
  }

  /** A folder that is deleted when it is closed, or by the next process. */
  static final class Session {
    private final Path folder;
    private final FileChannel alive;
    private long lastName; // guarded by this

    private Session(Path folder, FileChannel alive) {
      this.folder = folder;
      this.alive = alive;
    }

    Path folder() {
      return folder;
    }

    /** Returns the path of a file that isn't there yet. Needs no lock. */
    synchronized Path newFile() {
      return folder.resolve(Long.toString(++lastName));
    }

    /** Makes a lease. Needs no lock. */
    Lease lease() throws IOException {
      Path file = folder.resolve(LEASE + newFile().getFileName());
      Files.createFile(file);
      return () -> Files.deleteIfExists(file);
    }

    void close() throws IOException {
      Folders.deleteRecursively(folder);
      IN_THIS_JVM.remove(folder);
      alive.close();
    }
  }

  /** Opens a session of this process. */
  Session open() throws IOException {
    Path own = folder.resolve(UUID.randomUUID().toString());
    return hold(Files.createDirectories(own));
  }

  /** Makes a session of this process of a new folder. The file is locked when it gets its name. */
  static Session hold(Path own) throws IOException {
    IN_THIS_JVM.add(own);
    Path unnamed = own.resolve(ALIVE + ".new");
    FileChannel alive =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileLock lock = alive.tryLock();
    if (lock == null) {
      alive.close();
      throw new IOException(own + ": expected to be alone, found a lock on it");
    }
    Files.move(unnamed, own.resolve(ALIVE));
    return new Session(own, alive);
  }

  /** Returns whether a folder was a session once whose process is gone. */
  static boolean isDead(Path session) throws IOException {
    return Files.isRegularFile(session.resolve(ALIVE), LinkOption.NOFOLLOW_LINKS)
        && !isAlive(session);
  }

  /** Returns whether there is no session, alive or not. Needs no lock. */
  boolean isEmpty() throws IOException {
    try (DirectoryStream<Path> sessions = Files.newDirectoryStream(folder)) {
      return !sessions.iterator().hasNext();
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /** Deletes the folders of processes that are gone. */
  void sweep() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> sessions = Files.newDirectoryStream(folder)) {
      for (Path session : sessions) {
        if (!isAlive(session)) {
          Folders.deleteRecursively(session);
        }
      }
    }
  }

  private static boolean isAlive(Path session) throws IOException {
    if (IN_THIS_JVM.contains(session)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(session.resolve(ALIVE), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (AccessDeniedException e) {
      return true; // another user's, which that user will sweep
    }
  }

  /** Returns when the oldest lease of a living process began, null if there is none. */
  @Nullable
  Instant oldestLeaseOrNull() throws IOException {
    sweep();
    Instant oldest = null;
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (DirectoryStream<Path> sessions = Files.newDirectoryStream(folder)) {
      for (Path session : sessions) {
        oldest = earlier(oldest, oldestLeaseOrNull(session));
      }
    }
    return oldest;
  }

  @Nullable
  private static Instant oldestLeaseOrNull(Path session) throws IOException {
    Instant oldest = null;
    try (DirectoryStream<Path> leases = Files.newDirectoryStream(session, LEASE + "*")) {
      for (Path lease : leases) {
        oldest = earlier(oldest, modifiedOrNull(lease));
      }
    } catch (NoSuchFileException e) {
      return null; // its store has been closed meanwhile, and with it each lease
    }
    return oldest;
  }

  @Nullable
  private static Instant modifiedOrNull(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      return null; // the lease has ended meanwhile
    }
  }

  @Nullable
  private static Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }
}
