// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.HostStat;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * The files below a folder.
 *
 * @param folder absolute and clean
 */
record FolderFiles(Path folder) implements ContextFiles {
  FolderFiles {
    folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public FileTree tree(Dockerignore ignore, Set<String> needed)
      throws IOException, InterruptedException {
    HostEntry root = HostEntry.root(folder, ignore.root());
    if (!root.isDirectory() && !Files.isDirectory(folder)) { // the folder itself may be a link
      throw new NotDirectoryException(folder.toString());
    }
    HostEntry directory =
        root.isDirectory() ? root : HostEntry.root(folder.toRealPath(), ignore.root());
    return new Building(directory).tree(NeededPaths.find(directory, needed));
  }

  private record Inode(long device, long number) {}

  /** A tree that is put together. */
  private final class Building {
    private final HostEntry root;
    private final Changes.Builder changes = Changes.builder();
    private final Set<TreePath> directories = new HashSet<>();
    private final Map<Inode, TreePath> linked = new HashMap<>();

    Building(HostEntry root) {
      this.root = root;
    }

    FileTree tree(Map<TreePath, HostEntry> places) throws IOException, InterruptedException {
      addDirectory(TreePath.ROOT, root);
      for (Map.Entry<TreePath, HostEntry> place : places.entrySet()) {
        FolderScan.Found found = new FolderScan().scan(place.getValue());
        if (found.isIncluded()) {
          addParents(place.getKey(), place.getValue());
          add(place.getKey(), found);
        }
      }
      return FileTree.empty().apply(changes.build());
    }

    private void addParents(TreePath path, HostEntry entry) {
      HostEntry parent = entry.parent();
      if (parent != null && !directories.contains(path.parent())) {
        addParents(path.parent(), parent);
        addDirectory(path.parent(), parent);
      }
    }

    private void addDirectory(TreePath path, HostEntry entry) {
      if (directories.add(path)) {
        changes.put(path, Node.directory(metadata(entry.stat())));
      }
    }

    private void add(TreePath path, FolderScan.Found found) throws IOException {
      HostEntry entry = found.entry();
      if (!entry.isDirectory()) {
        put(path, entry);
        return;
      }
      addDirectory(path, entry);
      for (FolderScan.Found child : found.children()) {
        add(path.resolve(child.name()), child);
      }
    }

    private void put(TreePath path, HostEntry entry) throws IOException {
      HostStat stat = entry.stat();
      if (stat.links() > 1) {
        Inode inode = new Inode(stat.device(), stat.inode());
        TreePath first = linked.putIfAbsent(inode, path);
        if (first != null) {
          changes.link(path, first);
          return;
        }
      }
      Node node = nodeOrNull(entry);
      if (node != null) {
        changes.put(path, node);
      }
    }

    /** The attributes a context's file has: root's, whoever owns it on the host. */
    private static Metadata metadata(HostStat stat) {
      return new Metadata(stat.mode(), 0, 0, stat.modified(), Xattrs.empty());
    }

    private @Nullable Node nodeOrNull(HostEntry entry) throws IOException {
      HostStat stat = entry.stat();
      Metadata metadata = metadata(stat);
      return switch (stat.type()) {
        case DIRECTORY -> Node.directory(metadata);
        case FILE -> Node.file(metadata, content(entry));
        case SYMLINK -> Node.symlink(metadata, entry.link().orElseThrow());
        case FIFO -> Node.fifo(metadata);
        case CHARACTER_DEVICE -> Node.device(metadata, false, stat.major(), stat.minor());
        case BLOCK_DEVICE -> Node.device(metadata, true, stat.major(), stat.minor());
        case OTHER -> null; // a socket is nothing that can be copied
      };
    }

    private Content content(HostEntry entry) {
      FileVersion version = FileVersion.of(entry.stat());
      return version.size() == 0 ? Content.empty() : HostFile.of(folder, entry.file(), version);
    }
  }
}
