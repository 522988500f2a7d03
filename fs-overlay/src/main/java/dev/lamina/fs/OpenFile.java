// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/**
 * A file that is open and has a cell. All channels on one inode share it: it is where the next
 * epoch's copy of the cell is found, and what file locks belong to.
 */
final class OpenFile extends Place {
  final LockTable locks = new LockTable();
  private int opens; // guarded by the tree's open lock

  OpenFile(Place parent, byte[] name) {
    super(parent, name);
  }

  OpenFile(LiveTree tree, LinkRef link) {
    super(tree.key, link);
  }

  void acquire() {
    opens++;
  }

  /** Whether that was the last one. */
  boolean release() {
    return --opens == 0;
  }
}
