// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import javax.annotation.Nullable;

/** A directory: names to entries. */
final class DirectoryInode extends Inode {
  final NameMap<Entry> entries;
  private final boolean links;

  DirectoryInode(Metadata metadata) {
    super(metadata);
    this.entries = NameMap.empty();
    this.links = false;
  }

  DirectoryInode(Metadata metadata, NameMap<Entry> entries, boolean links) {
    super(metadata);
    this.entries = entries;
    this.links = links;
  }

  private DirectoryInode(Inode like, NameMap<Entry> entries, boolean links) {
    super(like);
    this.entries = entries;
    this.links = links;
  }

  private DirectoryInode(
      Attributes attributes, long seconds, int nanos, NameMap<Entry> entries, boolean links) {
    super(attributes, seconds, nanos);
    this.entries = entries;
    this.links = links;
  }

  /** True if there may be a link in it or below: never reset, so it may be true for no reason. */
  @Override
  boolean hasLinks() {
    return links;
  }

  @Nullable
  Entry get(byte[] name) {
    return entries.get(name);
  }

  DirectoryInode withEntry(byte[] name, Entry entry) {
    return new DirectoryInode(this, entries.with(name, entry), links || entry.hasLinks());
  }

  DirectoryInode withoutEntry(byte[] name) {
    return new DirectoryInode(this, entries.without(name), links);
  }

  DirectoryInode withEntries(NameMap<Entry> newEntries) {
    return new DirectoryInode(this, newEntries, links);
  }

  DirectoryInode withLinksBelow() {
    return links ? this : new DirectoryInode(this, entries, true);
  }

  @Override
  DirectoryInode with(Attributes newAttributes, long newSeconds, int newNanos) {
    return new DirectoryInode(newAttributes, newSeconds, newNanos, entries, links);
  }

  @Override
  Node.Directory node(LinkTable table) {
    return new DirectoryView(this, table);
  }
}
