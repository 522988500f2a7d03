// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * The identity of a directory, or of an open file, in a live tree: it outlasts the epochs, knows
 * where the inode hangs, and which cell it is in now. Written under the tree's lock.
 */
class Place {
  /** The key of its tree. */
  final Object tree;

  private @Nullable Place parent;
  private byte[] name;
  private @Nullable LinkRef link; // set instead of parent and name for an inode with several names
  private boolean detached;
  private volatile @Nullable Cell cell;

  /** The place of the root. */
  Place(Object tree) {
    this.tree = tree;
    this.name = Names.DOT;
  }

  Place(Place parent, byte[] name) {
    this.tree = parent.tree;
    this.parent = parent;
    this.name = name;
  }

  Place(Object tree, LinkRef link) {
    this.tree = tree;
    this.name = Names.DOT;
    this.link = link;
  }

  /** The cell the inode is in, which may be one of an earlier epoch. */
  final Cell cell() {
    Cell current = cell;
    if (current == null) {
      throw new IllegalStateException("place without a cell");
    }
    return current;
  }

  final void setCell(Cell newCell) {
    cell = newCell;
    newCell.setPlace(this);
  }

  final @Nullable Place parentOrNull() {
    return parent;
  }

  final @Nullable LinkRef linkOrNull() {
    return link;
  }

  final byte[] name() {
    return name;
  }

  /** True once the inode has no name any more. */
  final boolean isDetached() {
    return detached;
  }

  final void detach() {
    parent = null;
    link = null;
    detached = true;
  }

  final void moveTo(Place newParent, byte[] newName) {
    parent = newParent;
    name = newName;
  }

  final void becomeLink(LinkRef ref) {
    parent = null;
    link = ref;
  }

  /**
   * Whether {@code entry}, found as {@code itsName} in {@code directory}, is what hangs here. It
   * isn't if the entry came from another live tree, or was copied to a second place in this one.
   */
  final boolean holds(Entry entry, @Nullable Place directory, byte[] itsName) {
    return cell == entry
        && parent == directory
        && !detached
        && (name == itsName || Arrays.equals(name, itsName));
  }

  /** The names from the root down; null if it is detached, or has several. */
  final @Nullable byte[][] namesOrNull() {
    int depth = 0;
    Place top = this;
    for (Place p = this; p != null; p = p.parent) {
      top = p;
      depth++;
    }
    if (top.detached || top.link != null) {
      return null;
    }
    byte[][] names = new byte[depth - 1][];
    Place p = this;
    for (int i = depth - 2; i >= 0 && p != null; i--) {
      names[i] = p.name;
      p = p.parent;
    }
    return names;
  }
}
