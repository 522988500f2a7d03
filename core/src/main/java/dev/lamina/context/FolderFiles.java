// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

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
  public VersionedTree scan(Dockerignore ignore, Set<String> needed)
      throws IOException, InterruptedException {
    HostEntry root = HostEntry.root(folder, ignore.root());
    if (!root.isDirectory() && !Files.isDirectory(folder)) { // the folder itself may be a link
      throw new NotDirectoryException(folder.toString());
    }
    HostEntry directory =
        root.isDirectory() ? root : HostEntry.root(folder.toRealPath(), ignore.root());
    return new Building(directory).scan(NeededPaths.find(directory, needed));
  }

  /** What was found, while it is put together. */
  private final class Building {
    private final FolderScan scan = new FolderScan(folder);
    private final NavigableMap<TreePath, Above> above = new TreeMap<>();
    private final HostEntry root;

    /** A directory on the way to what is needed. */
    private record Above(HostEntry entry, ScannedFolder children) {}

    Building(HostEntry root) {
      this.root = root;
    }

    VersionedTree scan(Map<TreePath, HostEntry> places) throws IOException, InterruptedException {
      if (places.containsKey(TreePath.ROOT)) {
        return new ScannedTree(FolderScan.metadata(root), scan.read(root));
      }
      for (Map.Entry<TreePath, HostEntry> place : places.entrySet()) {
        add(place.getKey(), place.getValue());
      }
      ScannedFolder children = scan.folder(root);
      for (Map.Entry<TreePath, Above> each : above.descendingMap().entrySet()) {
        TreePath path = each.getKey(); // what is below it came before it
        Above directory = each.getValue();
        if (path.isRoot()) {
          children = directory.children;
        } else {
          Metadata metadata = FolderScan.metadata(directory.entry);
          above(path, directory.entry).add(path.name(), metadata, directory.children);
        }
      }
      return new ScannedTree(FolderScan.metadata(root), children);
    }

    private void add(TreePath path, HostEntry place) throws IOException, InterruptedException {
      if (!place.isDirectory()) {
        FolderScan.addFile(above(path, place), path.name(), place);
        return;
      }
      ScannedFolder children = scan.read(place);
      if (!place.isExcluded() || !children.isEmpty()) {
        above(path, place).add(path.name(), FolderScan.metadata(place), children);
      }
    }

    /** Returns the children of the directory that something is in. */
    private ScannedFolder above(TreePath path, HostEntry place) {
      HostEntry directory = place.parent();
      if (directory == null) {
        throw new IllegalArgumentException(place.file() + " is the context's folder");
      }
      Above known = above.get(path.parent());
      if (known == null) {
        known = new Above(directory, scan.folder(directory));
        above.put(path.parent(), known);
        if (!path.parent().isRoot()) {
          ScannedFolder unused = above(path.parent(), directory);
        }
      }
      return known.children;
    }
  }
}
