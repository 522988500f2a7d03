// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import dev.lamina.fs.HostNames;
import dev.lamina.fs.HostStat;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.Xattrs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;

/**
 * Reads what is below some places of a folder: each directory is listed once and each file looked
 * at once, by several threads if the folder is one of the host's own file system. A directory that
 * is left out is entered only if the rules may take something in it in again.
 */
final class FolderScan {
  /** Directories that wait for another thread are enough to keep it busy, more cost time only. */
  private static final int WAITING = 3;

  private final Path folder;
  private volatile boolean cancelled;

  /**
   * Starts a scan.
   *
   * @param folder the context's
   */
  FolderScan(Path folder) {
    this.folder = folder;
  }

  /** Returns a directory's place for what is found in it. */
  ScannedFolder folder(HostEntry directory) {
    return new ScannedFolder(folder, directory.directory());
  }

  /** The attributes a context's file has: root's, whoever owns it on the host. */
  static Metadata metadata(HostEntry entry) {
    return metadata(entry.stat().mode(), entry.stat().modified());
  }

  static Metadata metadata(int mode, Instant modified) {
    return new Metadata(mode, 0, 0, modified, Xattrs.empty());
  }

  /** Returns what is in a directory, at any depth. */
  ScannedFolder read(HostEntry directory) throws IOException, InterruptedException {
    if (directory.file().getFileSystem() != FileSystems.getDefault()) {
      return read(directory, false);
    }
    ForkJoinTask<ScannedFolder> task = ForkJoinPool.commonPool().submit(new Reading("", directory));
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e;
      while (cause.getCause() != null && !(cause instanceof IOException)) {
        cause = cause.getCause();
      }
      throw cause instanceof IOException io ? io : new IOException(directory.file() + ": " + e, e);
    } finally {
      cancelled = !task.isCompletedNormally(); // nobody waits for the rest
    }
  }

  private ScannedFolder read(HostEntry directory, boolean parallel) throws IOException {
    if (cancelled) {
      throw new CancellationException();
    }
    ScannedFolder children = folder(directory);
    List<Reading> below = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.file())) {
      for (Path file : files) {
        String name = HostNames.name(file);
        HostEntry entry = directory.childOrNull(name, file);
        if (entry != null && entry.isDirectory()) {
          below.add(new Reading(name, entry));
        } else if (entry != null) {
          addFile(children, name, entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    for (Reading each : below) {
      if (parallel && ForkJoinTask.getSurplusQueuedTaskCount() < WAITING) {
        ForkJoinTask<ScannedFolder> unused = each.fork();
      } else {
        each.complete(read(each.directory, parallel));
      }
    }
    for (Reading each : below) { // in the order of the list, whichever was done first
      addDirectory(children, each.name, each.directory, each.join());
    }
    return children;
  }

  /** Adds a directory, unless it is left out and so is all that is in it. */
  private static void addDirectory(
      ScannedFolder to, String name, HostEntry directory, ScannedFolder children) {
    if (!directory.isExcluded() || !children.isEmpty()) {
      to.add(name, metadata(directory), children);
    }
  }

  /** Adds anything but a directory. */
  static void addFile(ScannedFolder to, String name, HostEntry entry) throws IOException {
    HostStat stat = entry.stat();
    if (stat.type() == HostStat.Type.FILE && stat.links() == 1) {
      to.addFile(name, entry);
    } else {
      to.addOther(name, stat, node(to, entry));
    }
  }

  private static Node node(ScannedFolder in, HostEntry entry) throws IOException {
    HostStat stat = entry.stat();
    Metadata metadata = metadata(entry);
    return switch (stat.type()) {
      case DIRECTORY -> Node.directory(metadata);
      case FILE -> Node.file(metadata, in.content(entry.file(), FileVersion.of(stat)));
      case SYMLINK -> Node.symlink(metadata, entry.link().orElseThrow());
      case FIFO -> Node.fifo(metadata);
      case CHARACTER_DEVICE -> Node.device(metadata, false, stat.major(), stat.minor());
      case BLOCK_DEVICE -> Node.device(metadata, true, stat.major(), stat.minor());
      case OTHER -> Node.file(metadata, Content.empty()); // a socket, as Docker's client sends it
    };
  }

  /** Reads a directory in a pool of threads. */
  private final class Reading extends RecursiveTask<ScannedFolder> {
    private static final long serialVersionUID = 1;
    private final String name;
    private final transient HostEntry directory;

    Reading(String name, HostEntry directory) {
      this.name = name;
      this.directory = directory;
    }

    @Override
    protected ScannedFolder compute() {
      try {
        return read(directory, true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
