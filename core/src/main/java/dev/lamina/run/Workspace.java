// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.task.PathLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The part of an engine's folder that belongs to one boot of one machine: unpacked lower
 * directories and the sessions that are open. Nothing in it is flushed to disk, so after a power
 * cut none of it can be trusted: another boot begins with an empty one and removes the old.
 *
 * <pre>
 * FOLDER/BOOT-WHO/lower/CHAIN_ID         a layer as a lower directory, whole or not there
 * FOLDER/BOOT-WHO/fuse/CHAIN_ID          the same in the form that fuse-overlayfs needs
 * FOLDER/BOOT-WHO/sessions/ID.lock       held while the session is open; outlasts its directory
 * FOLDER/BOOT-WHO/sessions/ID/upper      what its processes write
 * FOLDER/cache-WHO                       cache mounts, which outlive a boot
 * </pre>
 *
 * <p>Safe for use by several threads and several JVMs.
 */
final class Workspace {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private static final String LOCK = ".lock";

  private final Path folder;
  private final Path caches;
  private final Path lower;
  private final Path fuse;
  private final Path sessions;
  private final TreeRemover remover;

  private Workspace(Path folder, Path caches, TreeRemover remover) {
    this.folder = folder;
    this.caches = caches;
    this.lower = folder.resolve("lower");
    this.fuse = folder.resolve("fuse");
    this.sessions = folder.resolve("sessions");
    this.remover = remover;
  }

  /** Removes a directory with all that is in it, whoever owns it. */
  @FunctionalInterface
  interface TreeRemover {
    void remove(Path directory) throws IOException;
  }

  /**
   * Opens the workspace in an engine's folder, and removes what dead JVMs and earlier boots left.
   *
   * @param who tells workspaces of different owners of files apart
   */
  static Workspace open(Path folder, String who, TreeRemover remover) throws IOException {
    Path home = folder.toAbsolutePath();
    String boot = Files.readString(BOOT_ID).strip();
    Workspace workspace =
        new Workspace(home.resolve(boot + "-" + who), home.resolve("cache-" + who), remover);
    for (Path directory :
        List.of(workspace.lower, workspace.fuse, workspace.sessions, workspace.caches)) {
      Files.createDirectories(directory);
    }
    // Images hold setuid programs: nobody else on this host may reach them.
    Files.setPosixFilePermissions(workspace.folder, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(workspace.caches, PosixFilePermissions.fromString("rwx------"));
    workspace.removeDeadSessions();
    for (Path other : list(home)) {
      String name = other.getFileName().toString();
      if (name.endsWith("-" + who)
          && !name.startsWith(boot)
          && Files.isDirectory(other.resolve("sessions"))) {
        new Workspace(other, workspace.caches, remover).removeIfUnused();
      }
    }
    return workspace;
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    }
    return children;
  }

  /** Where cache mounts live, which outlive a boot. */
  Path caches() {
    return caches;
  }

  /** Where layers live as lower directories of one kind of root. */
  Path lower(RootKind kind) {
    return kind == RootKind.FUSE ? fuse : lower;
  }

  /** The folder itself: all that a session's root is made of is in it. */
  Path folder() {
    return folder;
  }

  /** One session's directory, locked. */
  record SessionFolder(Path path, PathLock lock, TreeRemover remover) implements Closeable {
    private static Path lockFile(Path path) {
      return path.resolveSibling(path.getFileName() + LOCK);
    }

    private static Optional<SessionFolder> tryLock(Path path, TreeRemover remover)
        throws IOException {
      return PathLock.tryAcquire(lockFile(path))
          .map(lock -> new SessionFolder(path, lock, remover));
    }

    Path upper() {
      return path.resolve("upper");
    }

    @Override
    public void close() throws IOException {
      try {
        remover.remove(path);
        Files.deleteIfExists(lockFile(path));
      } finally {
        lock.close();
      }
    }
  }

  /** Makes a directory for a session. */
  SessionFolder newSession() throws IOException {
    return whileNoneComesOrGoes(
        () -> {
          Path path = sessions.resolve(UUID.randomUUID().toString());
          SessionFolder session = SessionFolder.tryLock(path, remover).orElseThrow();
          Files.createDirectory(path);
          return session;
        });
  }

  private <T> T whileNoneComesOrGoes(PathLock.Action<T> action) throws IOException {
    return PathLock.holding(sessions.resolve(LOCK), action);
  }

  private void removeDeadSessions() throws IOException {
    for (SessionFolder session : whileNoneComesOrGoes(this::deadSessions)) {
      session.close();
    }
  }

  private List<SessionFolder> deadSessions() throws IOException {
    List<SessionFolder> dead = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (Path path : list(sessions)) {
      String name = path.getFileName().toString();
      names.add(name.endsWith(LOCK) ? name.substring(0, name.length() - LOCK.length()) : name);
    }
    names.remove(""); // the lock of all
    for (String name : names) {
      SessionFolder.tryLock(sessions.resolve(name), remover).ifPresent(dead::add);
    }
    return dead;
  }

  private void removeIfUnused() throws IOException {
    removeDeadSessions();
    boolean unused = whileNoneComesOrGoes(() -> list(sessions).size() <= 1); // the lock is a file
    if (unused) {
      remover.remove(folder);
    }
  }
}
