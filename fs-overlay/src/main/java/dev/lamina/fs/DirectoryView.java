// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.annotation.Nullable;

/** A directory of a frozen tree, with the tree's links so that its children can be had. */
final class DirectoryView implements Node.Directory {
  private final DirectoryInode inode;
  private final LinkTable links;

  DirectoryView(DirectoryInode inode, LinkTable links) {
    this.inode = inode;
    this.links = links;
  }

  DirectoryInode inode() {
    return inode;
  }

  LinkTable links() {
    return links;
  }

  @Override
  public int size() {
    return inode.entries.size();
  }

  @Override
  public Optional<Node> child(String name) {
    Entry entry = inode.get(FileNames.encode(name));
    return entry == null ? Optional.empty() : Optional.of(links.node(entry));
  }

  @Override
  public void forEach(BiConsumer<String, Node> action) {
    inode.entries.forEach((name, e) -> action.accept(FileNames.decode(name), links.node(e)));
  }

  @Override
  public Iterable<String> names() {
    List<String> names = new ArrayList<>(size());
    inode.entries.forEach((name, entry) -> names.add(FileNames.decode(name)));
    return Collections.unmodifiableList(names);
  }

  @Override
  public Metadata metadata() {
    return inode.metadata();
  }

  @Override
  public int mode() {
    return inode.mode();
  }

  @Override
  public long uid() {
    return inode.uid();
  }

  @Override
  public long gid() {
    return inode.gid();
  }

  @Override
  public Instant mtime() {
    return inode.mtime();
  }

  @Override
  public Xattrs xattrs() {
    return inode.xattrs();
  }

  @Override
  public Node.Directory withMetadata(Metadata metadata) {
    return new DirectoryView((DirectoryInode) inode.with(metadata), links);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof DirectoryView other)
        || !inode.sameMetadata(other.inode)
        || size() != other.size()) {
      return false;
    }
    if (inode.entries == other.inode.entries && links == other.links) {
      return true;
    }
    NameCursor<Entry> a = new NameCursor<>(inode.entries);
    NameCursor<Entry> b = new NameCursor<>(other.inode.entries);
    for (; !a.atEnd(); a.next(), b.next()) {
      if (NameCursor.compare(a, b) != 0
          || !links.node(a.value()).equals(other.links.node(b.value()))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Objects.hash(inode.attributes, inode.mtime(), size());
  }

  @Override
  public String toString() {
    return Nodes.describe("directory", inode);
  }
}
