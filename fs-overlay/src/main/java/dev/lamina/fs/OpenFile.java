// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import javax.annotation.Nullable;

/**
 * A file that is open and has a cell. All channels on one inode share it: it is where the next
 * epoch's copy of the cell is found, and what file locks belong to.
 */
final class OpenFile extends Place {
  final LockTable locks = new LockTable();
  private int opens; // guarded by the tree's open lock
  private volatile @Nullable byte[][] writtenAs;

  OpenFile(Place parent, byte[] name) {
    super(parent, name);
  }

  OpenFile(LiveTree tree, LinkRef link) {
    super(tree.key, link);
  }

  /** Notes the name it was opened under to be written. */
  void setWrittenAs(byte[][] names) {
    writtenAs = names;
  }

  /**
   * The names that a watcher is told when bytes are written: of several, those under which the file
   * was last opened for that. Null if it has none any more.
   */
  @Nullable
  byte[][] watchedAsOrNull() {
    byte[][] names = namesOrNull();
    return names != null || isDetached() ? names : writtenAs;
  }

  void acquire() {
    opens++;
  }

  /** Whether that was the last one. */
  boolean release() {
    return --opens == 0;
  }
}
