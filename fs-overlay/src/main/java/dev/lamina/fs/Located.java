// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import javax.annotation.Nullable;

/**
 * Where a look-up ended: names without links and dots, and what is there.
 *
 * @param names the names from the root down; not to be changed
 * @param parent the directory of the last name; null at the root, or if it doesn't exist either
 * @param entry what the parent holds under the last name, null if nothing
 * @param inode the inode of {@code entry}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Located(
    byte[][] names, @Nullable DirectoryInode parent, @Nullable Entry entry, @Nullable Inode inode) {

  boolean exists() {
    return inode != null;
  }

  byte[] name() {
    return names[names.length - 1];
  }

  TreePath path() {
    return TreePath.ofNames(names);
  }
}
