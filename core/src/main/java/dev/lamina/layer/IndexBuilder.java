// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.FileNames;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.tar.SparseMap;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * Encodes the records of an index. Paths are told by what they share with the path before, places
 * and times by their distance from the ones before, and attributes that came before by a number.
 */
final class IndexBuilder {
  private final ByteWriter out = new ByteWriter();
  private final Map<Attributes, Integer> attributes = new HashMap<>();
  private List<String> lastNames = List.of();
  private long lastSeconds;
  private long lastEnd;
  private int entries;

  /** What many entries have in common. */
  private record Attributes(int mode, long uid, long gid, Xattrs xattrs) {
    // A record's own equals and hashCode are linked anew in each JVM, which takes milliseconds.
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Attributes other
          && mode == other.mode
          && uid == other.uid
          && gid == other.gid
          && xattrs.equals(other.xattrs);
    }

    @Override
    public int hashCode() {
      return (mode * 31 + Long.hashCode(uid)) * 31 + Long.hashCode(gid);
    }
  }

  void file(TreePath path, Metadata metadata, long offset, long size) {
    begin(IndexKind.FILE, path, metadata);
    place(offset, size);
  }

  void sparseFile(TreePath path, Metadata metadata, long offset, long stored, SparseMap map) {
    begin(IndexKind.SPARSE_FILE, path, metadata);
    place(offset, stored);
    out.number(map.size());
    out.number(map.segments());
    for (int i = 0; i < map.segments(); i++) {
      out.number(map.offset(i));
      out.number(map.length(i));
    }
  }

  void directory(TreePath path, Metadata metadata) {
    begin(IndexKind.DIRECTORY, path, metadata);
  }

  void fifo(TreePath path, Metadata metadata) {
    begin(IndexKind.FIFO, path, metadata);
  }

  void symlink(TreePath path, Metadata metadata, String target) {
    begin(IndexKind.SYMLINK, path, metadata);
    out.bytes(FileNames.encode(target));
  }

  void device(TreePath path, Metadata metadata, boolean block, int major, int minor) {
    begin(block ? IndexKind.BLOCK_DEVICE : IndexKind.CHARACTER_DEVICE, path, metadata);
    out.number(major);
    out.number(minor);
  }

  void link(TreePath path, TreePath target) {
    begin(IndexKind.LINK, path);
    out.bytes(target.toBytes());
  }

  void remove(TreePath path) {
    begin(IndexKind.REMOVE, path);
  }

  void clear(TreePath path) {
    begin(IndexKind.CLEAR, path);
  }

  LayerIndex build(long tarSize) {
    return new LayerIndex(out.toByteArray(), entries, tarSize);
  }

  private void place(long offset, long size) {
    out.signed(offset - lastEnd);
    out.number(size);
    lastEnd = offset + size;
  }

  private void begin(IndexKind kind, TreePath path, Metadata metadata) {
    begin(kind, path);
    Attributes key =
        new Attributes(metadata.mode(), metadata.uid(), metadata.gid(), metadata.xattrs());
    Integer known = attributes.putIfAbsent(key, attributes.size());
    if (known != null) {
      out.number(known + 1L);
    } else {
      out.number(0);
      out.number(key.mode);
      out.number(key.uid);
      out.number(key.gid);
      xattrs(key.xattrs);
    }
    Instant mtime = metadata.mtime();
    out.signed(mtime.getEpochSecond() - lastSeconds);
    out.number(mtime.getNano());
    lastSeconds = mtime.getEpochSecond();
  }

  private void xattrs(Xattrs xattrs) {
    out.number(xattrs.names().size());
    for (String name : xattrs.names()) {
      out.bytes(FileNames.encode(name));
      out.bytes(xattrs.get(name).orElseThrow());
    }
  }

  private void begin(IndexKind kind, TreePath path) {
    entries++;
    List<String> names = path.names();
    int shared = 0;
    int most = Math.min(names.size(), lastNames.size());
    while (shared < most && names.get(shared).equals(lastNames.get(shared))) {
      shared++;
    }
    out.number(kind.code());
    out.number(shared);
    out.number(names.size() - shared);
    for (String name : names.subList(shared, names.size())) {
      out.bytes(FileNames.encode(name));
    }
    lastNames = names;
  }
}
