// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads a host folder into a tree: one read of {@code unix:*} for each entry. */
final class FolderScan {
  private LinkTable links = LinkTable.EMPTY;
  private final Map<Object, LinkRef> refs = new HashMap<>();

  private FolderScan() {}

  static FileTree scan(Path folder) throws IOException {
    FolderScan scan = new FolderScan();
    Path real = folder.toRealPath();
    HostFile root = HostFile.read(real);
    if (!root.isDirectory()) {
      throw new NotDirectoryException(folder.toString());
    }
    return new FileTree(scan.directory(real, root), scan.links);
  }

  private DirectoryInode directory(Path folder, HostFile host) throws IOException {
    TreeMap<byte[], Entry> entries = new TreeMap<>(Arrays::compareUnsigned);
    boolean hasLinks = false;
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path path : stream) {
        Entry entry = entry(path);
        hasLinks |= entry.hasLinks();
        entries.put(HostFile.name(path), entry);
      }
    }
    byte[][] names = entries.keySet().toArray(Names.NONE);
    NameMap<Entry> map = NameMap.ofSorted(names, entries.values().toArray(), names.length);
    return new DirectoryInode(host.metadata(), map, hasLinks);
  }

  private Entry entry(Path path) throws IOException {
    HostFile host = HostFile.read(path);
    if (host.isDirectory()) {
      return directory(path, host);
    }
    Inode inode = Nodes.inode(host.node());
    if (host.linkCount() < 2) {
      return inode;
    }
    LinkRef ref = refs.computeIfAbsent(host.key(), k -> LinkRef.create());
    LinkTable.Target known = links.getOrNull(ref.id);
    int count = known == null ? 0 : known.count();
    links = links.with(ref.id, new LinkTable.Target(inode, count + 1));
    return ref;
  }
}
