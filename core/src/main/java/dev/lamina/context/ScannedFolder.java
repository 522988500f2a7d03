// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import dev.lamina.fs.HostStat;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreeBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * What a scan found in one directory. Of most files it keeps numbers alone: a build that finds
 * nothing changed compares them and makes no node of any. Once it is complete, it is safe for use
 * by several threads.
 */
final class ScannedFolder {
  private final Path context;
  private final HostDirectory directory;
  private final List<ScannedFile> files = new ArrayList<>();
  private final Map<String, Path> strange = new HashMap<>();
  private final List<Other> others = new ArrayList<>();
  private final List<Below> below = new ArrayList<>();
  private boolean hasLinks;

  /**
   * Makes one in which nothing was found.
   *
   * @param context the folder that is scanned
   * @param directory where files of this directory are opened
   */
  ScannedFolder(Path context, HostDirectory directory) {
    this.context = context;
    this.directory = directory;
  }

  /** A link, a device, or a file that has several names; {@code inode} is null if it has one. */
  private record Other(String name, @Nullable Inode inode, Node node) {}

  private record Below(String name, Metadata metadata, ScannedFolder folder) {}

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

  boolean isEmpty() {
    return files.isEmpty() && others.isEmpty() && below.isEmpty();
  }

  /** Adds a regular file that has no other name. */
  void addFile(String name, HostEntry entry) {
    files.add(ScannedFile.of(name, entry.stat()));
    if (!HostEntry.isPlain(name)) {
      strange.put(name, entry.file());
    }
  }

  /** Adds anything but a directory. */
  void addOther(String name, HostStat stat, Node node) {
    boolean isLinked = stat.links() > 1;
    others.add(new Other(name, isLinked ? new Inode(stat.device(), stat.inode()) : null, node));
    hasLinks |= isLinked;
  }

  /** Adds a directory with all that is in it: nothing is added to that any more. */
  void add(String name, Metadata metadata, ScannedFolder folder) {
    below.add(new Below(name, metadata, folder));
    hasLinks |= folder.hasLinks;
  }

  /** Returns nodes of what is here; of most of what is below, when somebody goes there. */
  TreeBuilder.Children children(TreeBuilder builder) {
    TreeBuilder.Children children = builder.children();
    for (ScannedFile file : files) {
      children.add(file.name(), node(file));
    }
    for (Other other : others) {
      if (other.inode == null) {
        children.add(other.name, other.node);
      } else {
        children.addLink(other.name, other.inode, other.node);
      }
    }
    for (Below each : below) {
      if (each.folder.hasLinks || each.folder.isEmpty()) {
        children.add(each.name, each.metadata, each.folder.children(builder));
      } else {
        children.addLater(each.name, each.metadata, () -> each.folder.children(builder));
      }
    }
    return children;
  }

  private Node node(ScannedFile file) {
    Path path = strange.get(file.name());
    FileVersion version = file.version();
    return Node.file(
        FolderScan.metadata(file.mode(), version.modified()),
        content(path == null ? directory.path().resolve(file.name()) : path, version));
  }

  /** Returns the content of a file that is here. */
  Content content(Path file, FileVersion version) {
    return version.size() == 0 ? Content.empty() : new HostFile(context, directory, file, version);
  }

  /** Adds all of this to a version, in the order in which it was found. */
  void addTo(TreeVersion version) {
    for (ScannedFile file : files) {
      file.addTo(version);
    }
    for (Other other : others) {
      version.add(other.name, other.node);
    }
    for (Below each : below) {
      version.addDirectory(each.name, each.metadata.mode());
      each.folder.addTo(version);
      version.endDirectory();
    }
  }
}
