// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;
import java.util.Objects;
import javax.annotation.Nullable;

/** A symbolic link. */
final class SymlinkInode extends Inode implements Node.Symlink {
  final byte[] rawTarget;

  SymlinkInode(Metadata metadata, byte[] rawTarget) {
    super(metadata);
    this.rawTarget = rawTarget;
  }

  private SymlinkInode(Attributes attributes, long seconds, int nanos, byte[] rawTarget) {
    super(attributes, seconds, nanos);
    this.rawTarget = rawTarget;
  }

  @Override
  public String target() {
    return FileNames.decode(rawTarget);
  }

  @Override
  SymlinkInode with(Attributes newAttributes, long newSeconds, int newNanos) {
    return new SymlinkInode(newAttributes, newSeconds, newNanos, rawTarget);
  }

  @Override
  public SymlinkInode withMetadata(Metadata metadata) {
    return (SymlinkInode) with(metadata);
  }

  @Override
  Node.Symlink node(LinkTable links) {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof SymlinkInode link
        && sameMetadata(link)
        && Arrays.equals(rawTarget, link.rawTarget);
  }

  @Override
  public int hashCode() {
    return Objects.hash(attributes, mtime(), Arrays.hashCode(rawTarget));
  }

  @Override
  public String toString() {
    return Nodes.describe("symlink", this) + " -> " + target();
  }
}
