// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import dev.lamina.fs.HostNames;
import dev.lamina.fs.HostStat;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreeBuilder;
import dev.lamina.fs.Xattrs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import javax.annotation.Nullable;

/**
 * Reads what is below some places of a folder: each directory is listed once and each file looked
 * at once, by several threads if the folder is one of the host's own file system. A directory that
 * is left out is entered only if the rules may take something in it in again.
 */
final class FolderScan {
  /** Directories that wait for another thread are enough to keep it busy, more cost time only. */
  private static final int WAITING = 3;

  private final Path folder;
  private final TreeBuilder builder;
  private volatile boolean cancelled;

  /**
   * Starts a scan.
   *
   * @param folder the context's
   * @param builder where what is found goes
   */
  FolderScan(Path folder, TreeBuilder builder) {
    this.folder = folder;
    this.builder = builder;
  }

  /** The two numbers that tell an inode from others. */
  private record Inode(long device, long number) {
    // A record's own equals and hashCode are linked anew in each JVM, which takes milliseconds.
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Inode other && number == other.number && device == other.device;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(31 * number + device);
    }
  }

  /** The attributes a context's file has: root's, whoever owns it on the host. */
  static Metadata metadata(HostEntry entry) {
    HostStat stat = entry.stat();
    return new Metadata(stat.mode(), 0, 0, stat.modified(), Xattrs.empty());
  }

  /** Returns what is in a directory, at any depth. */
  TreeBuilder.Children children(HostEntry directory) throws IOException, InterruptedException {
    if (directory.file().getFileSystem() != FileSystems.getDefault()) {
      return read(directory, false);
    }
    ForkJoinTask<TreeBuilder.Children> task =
        ForkJoinPool.commonPool().submit(new Reading("", directory));
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

  private TreeBuilder.Children read(HostEntry directory, boolean parallel) throws IOException {
    if (cancelled) {
      throw new CancellationException();
    }
    TreeBuilder.Children children = builder.children();
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
      each.isForked = parallel && ForkJoinTask.getSurplusQueuedTaskCount() < WAITING;
      if (each.isForked) {
        ForkJoinTask<TreeBuilder.Children> unused = each.fork();
      } else {
        addDirectory(children, each.name, each.directory, read(each.directory, parallel));
      }
    }
    for (Reading each : below) {
      if (each.isForked) {
        addDirectory(children, each.name, each.directory, each.join());
      }
    }
    return children;
  }

  /** Adds a directory, unless it is left out and so is all that is in it. */
  private static void addDirectory(
      TreeBuilder.Children to, String name, HostEntry directory, TreeBuilder.Children children) {
    if (!directory.isExcluded() || !children.isEmpty()) {
      to.add(name, metadata(directory), children);
    }
  }

  /** Adds anything but a directory. */
  void addFile(TreeBuilder.Children to, String name, HostEntry entry) throws IOException {
    Node node = node(entry);
    HostStat stat = entry.stat();
    if (stat.links() > 1) {
      to.addLink(name, new Inode(stat.device(), stat.inode()), node);
    } else {
      to.add(name, node);
    }
  }

  private Node node(HostEntry entry) throws IOException {
    HostStat stat = entry.stat();
    Metadata metadata = metadata(entry);
    return switch (stat.type()) {
      case DIRECTORY -> Node.directory(metadata);
      case FILE -> Node.file(metadata, content(entry));
      case SYMLINK -> Node.symlink(metadata, entry.link().orElseThrow());
      case FIFO -> Node.fifo(metadata);
      case CHARACTER_DEVICE -> Node.device(metadata, false, stat.major(), stat.minor());
      case BLOCK_DEVICE -> Node.device(metadata, true, stat.major(), stat.minor());
      case OTHER -> Node.file(metadata, Content.empty()); // a socket, as Docker's client sends it
    };
  }

  private Content content(HostEntry entry) {
    FileVersion version = FileVersion.of(entry.stat());
    return version.size() == 0 ? Content.empty() : new HostFile(folder, entry, version);
  }

  /** Reads a directory in a pool of threads. */
  private final class Reading extends RecursiveTask<TreeBuilder.Children> {
    private static final long serialVersionUID = 1;
    private final String name;
    private final transient HostEntry directory;
    private boolean isForked;

    Reading(String name, HostEntry directory) {
      this.name = name;
      this.directory = directory;
    }

    @Override
    protected TreeBuilder.Children compute() {
      try {
        return read(directory, true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
