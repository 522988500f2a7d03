// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Somebody who has an inode open for reading that this epoch has no cell for, or a directory open.
 */
final class LowerFile {
  final Inode inode;
  private final @Nullable LinkRef link;
  private volatile byte[][] names;
  private volatile @Nullable OpenFile copy;

  LowerFile(Inode inode, byte[][] names, @Nullable LinkRef link) {
    this.inode = inode;
    this.names = names;
    this.link = link;
  }

  byte[][] names() {
    return names;
  }

  @Nullable
  LinkRef linkOrNull() {
    return link;
  }

  /** Whether this is the file with these names, and these are its only ones. */
  boolean isAt(byte[][] itsNames) {
    return link == null && Arrays.deepEquals(names, itsNames);
  }

  boolean isBelow(byte[][] prefix) {
    return link == null && Names.startsWith(names, prefix);
  }

  boolean isLink(LinkRef ref) {
    return link != null && link.id == ref.id;
  }

  /** Follows it to where it was moved. Called under the tree's lock. */
  void move(byte[][] from, byte[][] to) {
    byte[][] old = names;
    byte[][] moved = Arrays.copyOf(to, to.length + old.length - from.length);
    System.arraycopy(old, from.length, moved, to.length, old.length - from.length);
    names = moved;
  }

  /** The file the inode was copied to when it was first changed. */
  @Nullable
  OpenFile copyOrNull() {
    return copy;
  }

  void setCopy(OpenFile file) {
    copy = file;
  }
}
