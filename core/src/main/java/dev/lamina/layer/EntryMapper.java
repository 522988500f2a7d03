// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.TreePath;
import dev.lamina.tar.SparseMap;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarFormatException;
import dev.lamina.tar.TarReader;
import dev.lamina.tar.TarType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * Turns the entries of a layer's tar into records of its index: names become paths inside the tree,
 * whatever dots and slashes they have, and whiteouts become removals.
 */
final class EntryMapper {
  private final TarReader reader;
  private final IndexBuilder index;
  private final Map<TreePath, AufsLink> aufsLinks = new HashMap<>();

  EntryMapper(TarReader reader, IndexBuilder index) {
    this.reader = reader;
    this.index = index;
  }

  /**
   * A file of AUFS's hidden folder: its first name in the tree is where it is put, the others are
   * links to that.
   */
  private static final class AufsLink {
    final TarEntry entry;
    final long offset;
    @Nullable TreePath firstName;

    AufsLink(TarEntry entry, long offset) {
      this.entry = entry;
      this.offset = offset;
    }
  }

  void add(TarEntry entry) throws TarFormatException {
    TreePath path = TreePath.of(entry.name());
    String name = path.name();
    if (path.isRoot()) {
      addRoot(entry);
    } else if (Whiteout.isAufsMetadata(path)) {
      keepAufsLink(path, entry);
    } else if (!Whiteout.isReserved(name)) {
      requireUnreserved(path, entry);
      addNode(path, entry);
    } else if (name.equals(Whiteout.OPAQUE)) {
      requireUnreserved(path.parent(), entry);
      index.clear(path.parent());
    } else {
      requireUnreserved(path.parent(), entry);
      addRemoval(path, entry);
    }
  }

  private void addRoot(TarEntry entry) throws TarFormatException {
    if (entry.type() != TarType.DIRECTORY) {
      throw bad(entry, "root: expected a directory, found " + entry.type());
    }
    index.directory(TreePath.ROOT, entry.metadata());
  }

  private void addRemoval(TreePath whiteout, TarEntry entry) throws TarFormatException {
    String removed = whiteout.name().substring(Whiteout.PREFIX.length());
    if (!Whiteout.isRemovable(removed)) {
      throw bad(entry, "whiteout: expected a name behind .wh., found \"" + removed + '"');
    }
    if (!Whiteout.isReserved(removed)) { // what can't be there can't be removed
      index.remove(whiteout.parent().resolve(removed));
    }
  }

  private void addNode(TreePath path, TarEntry entry) throws TarFormatException {
    switch (entry.type()) {
      case REGULAR -> addFile(path, entry);
      case DIRECTORY -> index.directory(path, entry.metadata());
      case SYMLINK -> index.symlink(path, entry.metadata(), entry.linkName());
      case FIFO -> index.fifo(path, entry.metadata());
      case HARD_LINK -> addLink(path, entry);
      case CHARACTER_DEVICE, BLOCK_DEVICE -> addDevice(path, entry);
    }
  }

  private void addFile(TreePath path, TarEntry entry) {
    Optional<SparseMap> sparse = reader.sparse();
    if (sparse.isEmpty()) {
      index.file(path, entry.metadata(), reader.dataOffset(), entry.size());
    } else {
      index.sparseFile(
          path, entry.metadata(), reader.dataOffset(), reader.storedSize(), sparse.get());
    }
  }

  private void addDevice(TreePath path, TarEntry entry) throws TarFormatException {
    if (Math.max(entry.deviceMajor(), entry.deviceMinor()) > Integer.MAX_VALUE) {
      throw bad(
          entry,
          "device: expected numbers of at most 31 bits, found "
              + entry.deviceMajor()
              + ":"
              + entry.deviceMinor());
    }
    index.device(
        path,
        entry.metadata(),
        entry.type() == TarType.BLOCK_DEVICE,
        (int) entry.deviceMajor(),
        (int) entry.deviceMinor());
  }

  private void addLink(TreePath path, TarEntry entry) throws TarFormatException {
    TreePath target = TreePath.of(entry.linkName());
    if (target.isRoot()) {
      throw bad(entry, "hard link: expected a file, found the root");
    }
    AufsLink hidden = aufsLinks.get(target);
    if (hidden == null) {
      requireUnreserved(target, entry);
      index.link(path, target);
    } else if (hidden.firstName == null) {
      index.file(path, hidden.entry.metadata(), hidden.offset, hidden.entry.size());
      hidden.firstName = path;
    } else {
      index.link(path, hidden.firstName);
    }
  }

  private void keepAufsLink(TreePath path, TarEntry entry) {
    boolean isFile = entry.type() == TarType.REGULAR && reader.sparse().isEmpty();
    if (isFile && path.startsWith(Whiteout.AUFS_LINKS)) {
      aufsLinks.put(path, new AufsLink(entry, reader.dataOffset()));
    }
  }

  private void requireUnreserved(TreePath path, TarEntry entry) throws TarFormatException {
    if (Whiteout.hasReservedName(path)) {
      throw bad(entry, "name: expected no file that begins with .wh., found " + path);
    }
  }

  private TarFormatException bad(TarEntry entry, String problem) {
    return new TarFormatException(entry.name(), reader.entryOffset(), problem);
  }
}
