// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.path.PathFilter;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/** One walk through a folder. */
final class FolderScan {
  private final Path folder;
  private final PathFilter filter;
  private final Changes.Builder changes;
  private final Map<FileVersion, TreePath> linked = new HashMap<>();
  private final boolean unix;

  FolderScan(Path folder, PathFilter filter, Changes.Builder changes) {
    this.folder = folder;
    this.filter = filter;
    this.changes = changes;
    this.unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  void scan() throws IOException {
    HostStat stat = HostStat.of(folder, unix);
    changes.put(TreePath.ROOT, Node.directory(stat.metadata()));
    scan(folder, TreePath.ROOT, "", List.of());
  }

  /** A directory above the current one that is part of the tree only if something in it is. */
  private record Waiting(TreePath path, HostStat stat) {}

  private void scan(Path directory, TreePath at, String relative, List<Waiting> waiting)
      throws IOException {
    List<Waiting> above = new ArrayList<>(waiting);
    for (Map.Entry<String, Path> child : children(directory)) {
      String path = relative.isEmpty() ? child.getKey() : relative + "/" + child.getKey();
      boolean included = filter.includes(path);
      HostStat stat = HostStat.of(child.getValue(), unix);
      if (!included && !(stat.isDirectory() && filter.mayIncludeBelow(path))) {
        continue;
      }
      TreePath place = at.resolve(child.getKey());
      if (included) {
        above.forEach(parent -> changes.put(parent.path, Node.directory(parent.stat.metadata())));
        above.clear();
        put(child.getValue(), place, stat);
      }
      if (stat.isDirectory()) {
        List<Waiting> below = new ArrayList<>(above);
        if (!included) {
          below.add(new Waiting(place, stat));
        }
        scan(child.getValue(), place, path, below);
      }
    }
  }

  private void put(Path file, TreePath place, HostStat stat) throws IOException {
    if (stat.links() > 1 && !stat.isDirectory()) {
      TreePath first = linked.putIfAbsent(stat.version(), place);
      if (first != null) {
        changes.link(place, first);
        return;
      }
    }
    Node node = nodeOrNull(file, stat);
    if (node != null) {
      changes.put(place, node);
    }
  }

  private static @Nullable Node nodeOrNull(Path file, HostStat stat) throws IOException {
    Metadata metadata = stat.metadata();
    return switch (stat.type()) {
      case DIRECTORY -> Node.directory(metadata);
      case FILE -> Node.file(metadata, content(file, stat));
      case LINK -> Node.symlink(metadata, HostNames.name(Files.readSymbolicLink(file)));
      case FIFO -> Node.fifo(metadata);
      case CHARACTER_DEVICE -> Node.device(metadata, false, stat.major(), stat.minor());
      case BLOCK_DEVICE -> Node.device(metadata, true, stat.major(), stat.minor());
      case OTHER -> null; // a socket is nothing that can be copied
    };
  }

  private static Content content(Path file, HostStat stat) {
    return stat.version().size() == 0 ? Content.empty() : HostFile.of(file, stat.version());
  }

  private static List<Map.Entry<String, Path>> children(Path directory) throws IOException {
    List<Map.Entry<String, Path>> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path child : stream) {
        Path name = child.getFileName();
        children.add(Map.entry(HostNames.name(name == null ? child : name), child));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(Map.Entry.comparingByKey(FileNames.byteOrder()));
    return children;
  }
}
