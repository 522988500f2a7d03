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
import java.util.List;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinPool;
import javax.annotation.Nullable;

/**
 * Reads a host folder into a tree: one read of {@code unix:*} for each entry, directories side by
 * side. What comes of it doesn't depend on which of them was first.
 */
final class FolderScan {
  private static final int MAX_THREADS = 8;

  private final TreeBuilder builder = new TreeBuilder();

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
    try {
      TreeBuilder.Children children = pool.invoke(scan.new Folder(null, real, root));
      return scan.builder.build(root.metadata(), children);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      pool.shutdown();
    }
  }

  private static byte[] name(Path path) {
    return FileNames.encode(HostNames.name(path));
  }

  /** One directory: read when it is its turn, put together when all below it are. */
  private final class Folder extends CountedCompleter<TreeBuilder.Children> {
    private static final long serialVersionUID = 1;

    private final transient Path path;
    private final transient HostFile host;
    private final transient TreeBuilder.Children children = builder.children();
    private final transient List<Folder> below = new ArrayList<>();

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
          } else if (file.stat().links() < 2) {
            children.add(name(child), Nodes.inode(file.node()));
          } else {
            children.addLink(name(child), file.key(), Nodes.inode(file.node()));
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }

    @Override
    public void onCompletion(CountedCompleter<?> caller) {
      for (Folder folder : below) {
        try {
          children.add(name(folder.path), folder.children.directory(folder.host.metadata()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public TreeBuilder.Children getRawResult() {
      return children;
    }
  }
}
