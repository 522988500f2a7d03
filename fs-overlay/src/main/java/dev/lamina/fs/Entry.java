// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import javax.annotation.Nullable;

/**
 * What a directory holds under a name: an inode, a cell that a live tree may still change, or a
 * reference to an inode with several names.
 */
abstract sealed class Entry permits Inode, Cell, LinkRef {
  /** The inode as it is now, null for a reference to a link that is gone from {@code links}. */
  abstract @Nullable Inode inodeOrNull(LinkTable links);

  /** Whether it is a link, or a directory that may hold one anywhere below. */
  abstract boolean hasLinks();
}
