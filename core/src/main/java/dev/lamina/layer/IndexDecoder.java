// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.tar.SparseMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.annotation.Nullable;

/** Decodes the records of an index into changes. */
final class IndexDecoder {
  private final ByteReader in;
  private final Function<TarPlace, Content> contents;
  private final List<Metadata> attributes = new ArrayList<>();
  private final List<TreePath> lastPaths = new ArrayList<>(List.of(TreePath.ROOT)); // by depth
  private long lastSeconds;
  private long lastEnd;

  /** Takes what makes file contents of where they stand in the tar. */
  IndexDecoder(byte[] records, Function<TarPlace, Content> contents) {
    this.in = new ByteReader(records);
    this.contents = contents;
  }

  Changes decode(int entries) {
    List<Change> changes = new ArrayList<>(entries);
    for (int i = 0; i < entries; i++) {
      IndexKind kind = IndexKind.of(in.smallNumber());
      changes.add(change(kind, path()));
    }
    return Changes.of(changes);
  }

  private TreePath path() {
    int depth = in.smallNumber();
    TreePath path = lastPaths.get(depth);
    lastPaths.subList(depth + 1, lastPaths.size()).clear();
    for (int rest = in.smallNumber(); rest > 0; rest--) {
      path = path.resolveName(in.bytes());
      lastPaths.add(path);
    }
    return path;
  }

  private Change change(IndexKind kind, TreePath path) {
    return switch (kind) {
      case LINK -> new Change.Link(path, TreePath.ofBytes(in.bytes()));
      case REMOVE -> new Change.Remove(path);
      case CLEAR -> new Change.Clear(path);
      default -> new Change.Put(path, node(kind, metadata()));
    };
  }

  private Node node(IndexKind kind, Metadata metadata) {
    return switch (kind) {
      case FILE, SPARSE_FILE -> Node.file(metadata, content(kind));
      case DIRECTORY -> Node.directory(metadata);
      case SYMLINK -> Node.symlink(metadata, in.name());
      case CHARACTER_DEVICE -> Node.device(metadata, false, in.smallNumber(), in.smallNumber());
      case BLOCK_DEVICE -> Node.device(metadata, true, in.smallNumber(), in.smallNumber());
      case FIFO -> Node.fifo(metadata);
      default -> throw new IllegalStateException("no node: " + kind);
    };
  }

  private Content content(IndexKind kind) {
    long offset = lastEnd + in.signed();
    long stored = in.number();
    lastEnd = offset + stored;
    @Nullable SparseMap map = kind == IndexKind.SPARSE_FILE ? sparseMap() : null;
    return contents.apply(new TarPlace(offset, stored, map));
  }

  private SparseMap sparseMap() {
    long size = in.number();
    long[] pairs = new long[2 * in.smallNumber()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = in.number();
    }
    return SparseMap.of(size, pairs);
  }

  private Metadata metadata() {
    int known = in.smallNumber();
    Metadata shared = known > 0 ? attributes.get(known - 1) : newAttributes();
    lastSeconds += in.signed();
    return shared.withMtime(Instant.ofEpochSecond(lastSeconds, in.number()));
  }

  private Metadata newAttributes() {
    int mode = in.smallNumber();
    long uid = in.number();
    long gid = in.number();
    Metadata metadata = new Metadata(mode, uid, gid, Instant.EPOCH, xattrs());
    attributes.add(metadata);
    return metadata;
  }

  private Xattrs xattrs() {
    int count = in.smallNumber();
    Map<String, byte[]> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(in.name(), in.bytes());
    }
    return Xattrs.of(values);
  }
}
