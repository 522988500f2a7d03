// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.time.Instant;

/** An immutable inode: shared attributes, a time, and what its kind adds. */
abstract sealed class Inode extends Entry
    permits DirectoryInode, FileInode, SymlinkInode, SpecialInode {
  final Attributes attributes;
  private final long seconds;
  private final int nanos;

  Inode(Attributes attributes, long seconds, int nanos) {
    this.attributes = attributes;
    this.seconds = seconds;
    this.nanos = nanos;
  }

  /** Copies attributes and time. */
  Inode(Inode other) {
    this(other.attributes, other.seconds, other.nanos);
  }

  Inode(Metadata metadata) {
    this(Attributes.of(metadata), metadata.mtime());
  }

  private Inode(Attributes attributes, Instant mtime) {
    this(attributes, mtime.getEpochSecond(), mtime.getNano());
  }

  @Override
  Inode inodeOrNull(LinkTable links) {
    return this;
  }

  @Override
  boolean hasLinks() {
    return false;
  }

  /** The same inode with other attributes and time. */
  abstract Inode with(Attributes newAttributes, long newSeconds, int newNanos);

  final Inode with(Metadata metadata) {
    Instant mtime = metadata.mtime();
    return with(Attributes.of(metadata), mtime.getEpochSecond(), mtime.getNano());
  }

  final Inode withAttributes(Attributes newAttributes) {
    return with(newAttributes, seconds, nanos);
  }

  final Inode withMtime(Instant mtime) {
    return with(attributes, mtime.getEpochSecond(), mtime.getNano());
  }

  /** What users see of it; {@code links} are those of its tree. */
  abstract Node node(LinkTable links);

  /** Whether attributes and time are those of {@code other}. */
  final boolean sameMetadata(Inode other) {
    return attributes.equals(other.attributes) && sameMtime(other);
  }

  final boolean sameMtime(Inode other) {
    return seconds == other.seconds && nanos == other.nanos;
  }

  public final Metadata metadata() {
    return new Metadata(mode(), uid(), gid(), mtime(), xattrs());
  }

  public final int mode() {
    return attributes.mode();
  }

  public final long uid() {
    return Integer.toUnsignedLong(attributes.uid());
  }

  public final long gid() {
    return Integer.toUnsignedLong(attributes.gid());
  }

  public final Instant mtime() {
    return Instant.ofEpochSecond(seconds, nanos);
  }

  public final Xattrs xattrs() {
    return attributes.xattrs();
  }
}
