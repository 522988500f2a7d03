// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinPool;
import javax.annotation.Nullable;

/**
 * Reads a host folder into a tree: one read of {@code unix:*} for each entry, directories side by
 * side. What comes of it doesn't depend on which of them was first.
 */
final class FolderScan {
  private static final int MAX_THREADS = 8;

  private final Map<Object, LinkedInode> linked = new ConcurrentHashMap<>();

  private FolderScan() {}

  static FileTree scan(Path folder) throws IOException {
    Path real = folder.toRealPath();
    HostFile root = HostFile.read(real);
    if (!root.stat().isDirectory()) {
      throw new NotDirectoryException(folder.toString());
    }
    FolderScan scan = new FolderScan();
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    ForkJoinPool pool = new ForkJoinPool(threads); // reading files would hold up the common one
    DirectoryInode directory;
    try {
      directory = pool.invoke(scan.new Folder(null, real, root));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      pool.shutdown();
    }
    LinkTable links = LinkTable.EMPTY;
    for (LinkedInode each : scan.linked.values()) {
      links = links.with(each.ref.id, each.target());
    }
    return new FileTree(directory, links);
  }

  /** An inode that the host says has several names, and how many of them were met. */
  private static final class LinkedInode {
    final LinkRef ref = LinkRef.create();
    private final Inode inode;
    private int count;

    LinkedInode(Inode inode) {
      this.inode = inode;
    }

    synchronized LinkRef add() {
      count++;
      return ref;
    }

    synchronized LinkTable.Target target() {
      return new LinkTable.Target(inode, count);
    }
  }

  private static byte[] name(Path path) {
    return FileNames.encode(HostNames.name(path));
  }

  /** One directory: read when it is its turn, put together when all below it are. */
  private final class Folder extends CountedCompleter<DirectoryInode> {
    private static final long serialVersionUID = 1;

    private final transient Path path;
    private final transient HostFile host;
    private final transient TreeMap<byte[], Entry> entries = new TreeMap<>(Arrays::compareUnsigned);
    private final transient List<Folder> below = new ArrayList<>();
    private transient @Nullable DirectoryInode inode;

    Folder(@Nullable Folder parent, Path path, HostFile host) {
      super(parent);
      this.path = path;
      this.host = host;
    }

    @Override
    public void compute() {
      try {
        read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      setPendingCount(below.size());
      below.forEach(Folder::fork);
      tryComplete();
    }

    private void read() throws IOException {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
        for (Path child : stream) {
          HostFile file = HostFile.read(child);
          if (file.stat().isDirectory()) {
            below.add(new Folder(this, child, file));
          } else {
            entries.put(name(child), entry(file));
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }

    private Entry entry(HostFile file) throws IOException {
      Inode read = Nodes.inode(file.node());
      return file.stat().links() < 2
          ? read
          : linked.computeIfAbsent(file.key(), key -> new LinkedInode(read)).add();
    }

    @Override
    public void onCompletion(CountedCompleter<?> caller) {
      for (Folder folder : below) {
        entries.put(name(folder.path), folder.getRawResult());
      }
      byte[][] names = entries.keySet().toArray(Names.NONE);
      Object[] values = entries.values().toArray();
      boolean links = false;
      for (Entry each : entries.values()) {
        links |= each.hasLinks();
      }
      try {
        inode =
            new DirectoryInode(
                host.metadata(), NameMap.ofSorted(names, values, names.length), links);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public DirectoryInode getRawResult() {
      if (inode == null) {
        throw new IllegalStateException(path + " was not read");
      }
      return inode;
    }
  }
}
