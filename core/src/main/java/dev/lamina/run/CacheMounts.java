// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.spi.Mount;
import dev.lamina.spi.RunException;
import dev.lamina.task.PathLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * The directories of {@code RUN --mount=type=cache}, which live in the engine's folder, outlive it,
 * and are no part of any image.
 *
 * <pre>
 * FOLDER/KEY.N        a directory; N is 0, more only while several private users want one at once
 * FOLDER/KEY.N.lock   held by its users: by one alone, or shared
 * </pre>
 *
 * <p>Safe for use by several threads and several JVMs.
 */
final class CacheMounts {
  /** What is taken of a mode: BuildKit makes the directory under its umask, without more bits. */
  private static final int MADE = 0777 & ~022;

  private final Path folder;
  private final Unpacker unpacker;

  CacheMounts(Path folder, Unpacker unpacker) {
    this.folder = folder;
    this.unpacker = unpacker;
  }

  /**
   * A cache directory in use.
   *
   * @param directory where it is
   * @param lock held until the user is done
   */
  record Lease(Path directory, PathLock lock) implements Closeable {
    @Override
    public void close() throws IOException {
      lock.close();
    }
  }

  /** Returns the directory of a mount; waits for it if it is to be locked and somebody has it. */
  Lease lease(Mount.Cache mount) throws IOException {
    Files.createDirectories(folder);
    String key = mount.key();
    return switch (mount.sharing()) {
      case SHARED -> open(mount, key, PathLock.acquireShared(lockFile(key, 0)), 0);
      case LOCKED -> open(mount, key, PathLock.acquire(lockFile(key, 0)), 0);
      case PRIVATE -> {
        for (int n = 0; ; n++) {
          Optional<PathLock> lock = PathLock.tryAcquire(lockFile(key, n));
          if (lock.isPresent()) {
            yield open(mount, key, lock.get(), n);
          }
        }
      }
    };
  }

  private Path lockFile(String key, Object n) {
    return folder.resolve(key + "." + n + ".lock");
  }

  private Lease open(Mount.Cache mount, String key, PathLock lock, int n) throws IOException {
    boolean open = false;
    try {
      Path directory = folder.resolve(key + "." + n);
      if (!Files.isDirectory(directory)) {
        Path unused = PathLock.holding(lockFile(key, n + ".new"), () -> make(mount, directory));
      }
      open = true;
      return new Lease(directory, lock);
    } finally {
      if (!open) {
        lock.close();
      }
    }
  }

  /**
   * Several who share the lock may get here at once: the directory appears when it is complete,
   * once.
   */
  private Path make(Mount.Cache mount, Path directory) throws IOException {
    Path unfinished = folder.resolve(directory.getFileName() + ".new");
    if (Files.isDirectory(directory)) {
      return directory;
    }
    unpacker.remove(unfinished);
    FileTree tree = start(mount);
    unpacker.unpack(tree.diff(FileTree.empty()), tree, Files.createDirectory(unfinished));
    return Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns what a cache holds when it is made. */
  static FileTree start(Mount.Cache mount) throws IOException {
    if (mount.seed().isEmpty()) {
      Metadata own =
          new Metadata(
              mount.mode() & MADE, mount.uid(), mount.gid(), Instant.now(), Xattrs.empty());
      return FileTree.empty()
          .apply(Changes.builder().put(TreePath.ROOT, Node.directory(own)).build());
    }
    Mount.Seed seed = mount.seed().get();
    TreePath source = seed.from().tree().follow(seed.source());
    if (!(seed.from().tree().node(source).orElse(null) instanceof Node.Directory)) {
      throw new RunException(
          "cache mount " + mount.id() + ": " + seed.source() + ": expected a directory");
    }
    return seed.from().tree().subtree(source);
  }
}
