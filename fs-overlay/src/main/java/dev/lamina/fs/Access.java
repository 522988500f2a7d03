// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/** Whether somebody may do something to an inode. */
interface Access {
  /** Somebody who may do everything. */
  Access ALL = directory -> true;

  /** Whether names in {@code directory} may be looked up. */
  boolean maySearch(DirectoryInode directory);
}
