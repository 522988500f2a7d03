// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import javax.annotation.Nullable;

/** Reads the parts of a {@link StoredTree} when they are asked for. Thread-safe. */
final class TreeReader {
  static final byte LEAF = 0;
  static final byte BRANCH = 1;

  private final StoredTree.Footer footer;
  private final InodeDecoder inodes;
  private final long firstLink;
  private volatile Content content;
  private @Nullable StoredTree.Repair repair; // guarded by this; null once it was asked

  TreeReader(
      Content content,
      StoredTree.Footer footer,
      Function<long[], Content> contents,
      StoredTree.Repair repair) {
    this.content = content;
    this.footer = footer;
    this.repair = repair;
    this.firstLink = LinkRef.reserve(footer.links());
    this.inodes = new InodeDecoder(contents, this::directory, firstLink);
  }

  FileTree tree() throws IOException {
    Entry root = inodes.entry(part(footer.root()));
    NameMap<LinkTable.Target> links =
        footer.links() == 0
            ? NameMap.empty()
            : new LazyNames<>(Names.DOT, footer.links(), this::links, footer.linkTable());
    return new FileTree(root, new LinkTable(links), footer.nodes());
  }

  private NameMap<Entry> directory(long position) {
    return names(position, InodeDecoder::bytes, inodes::entry, this::directory);
  }

  private NameMap<LinkTable.Target> links(long position) {
    return names(position, this::linkKey, this::target, this::links);
  }

  /** The key of a link, which has the number of the link in the bytes, and its id in the tree. */
  private byte[] linkKey(ByteBuffer in) {
    return LinkTable.key(firstLink + ByteBuffer.wrap(InodeDecoder.bytes(in)).getLong());
  }

  private LinkTable.Target target(ByteBuffer in) {
    int count = in.getInt();
    return new LinkTable.Target(inodes.entry(in), count);
  }

  private <V> NameMap<V> names(
      long position,
      Function<ByteBuffer, byte[]> names,
      Function<ByteBuffer, V> values,
      LazyNames.Source<V> source) {
    ByteBuffer in;
    try {
      in = part(position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean leaf = in.get() == LEAF;
    int width = in.getShort();
    if (leaf) {
      byte[][] its = new byte[width][];
      Object[] their = new Object[width];
      for (int i = 0; i < width; i++) {
        its[i] = names.apply(in);
        their[i] = values.apply(in);
      }
      return new NameLeaf<>(its, their);
    }
    NameMap<V>[] children = NameBranch.array(width);
    for (int i = 0; i < width; i++) {
      children[i] = new LazyNames<>(names.apply(in), in.getInt(), source, in.getLong());
    }
    return new NameBranch<>(children);
  }

  private ByteBuffer part(long position) throws IOException {
    Content known = content;
    Optional<ByteBuffer> part = TreeBlock.read(known, position);
    if (part.isEmpty()) {
      part = TreeBlock.read(repaired(known), position);
    }
    return part.orElseThrow(
        () -> new IOException("stored tree: expected a sound part at " + position));
  }

  /** The bytes written anew; nobody else may have seen to that. */
  private synchronized Content repaired(Content damaged) throws IOException {
    StoredTree.Repair asked = repair;
    if (asked != null && content == damaged) {
      repair = null;
      content = asked.write();
    }
    return content;
  }
}
