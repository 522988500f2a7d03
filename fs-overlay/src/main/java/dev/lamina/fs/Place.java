// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Where a cell hangs in a live tree: the identity of a directory, or of an open file, that outlasts
 * the epochs. Guarded by the lock of its tree.
 */
final class Place {
  final LiveTree tree;
  @Nullable Place parent; // null for the root, and for what is unlinked
  byte[] name;
  private @Nullable Cell cell;

  Place(LiveTree tree, @Nullable Place parent, byte[] name) {
    this.tree = tree;
    this.parent = parent;
    this.name = name;
  }

  Cell cell() {
    Cell current = cell;
    if (current == null) {
      throw new IllegalStateException("place without a cell");
    }
    return current;
  }

  void setCell(Cell newCell) {
    cell = newCell;
  }

  /** Whether {@code entry}, found as {@code itsName} in {@code directory}, is what hangs here. */
  boolean holds(Entry entry, @Nullable Place directory, byte[] itsName) {
    return cell == entry && parent == directory && Arrays.equals(name, itsName);
  }
}
