// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.concurrent.atomic.AtomicLong;
import javax.annotation.Nullable;

/** One name of an inode that has, or had, several; the inode is in the tree's link table. */
final class LinkRef extends Entry {
  // Never given twice in one JVM, so links of different trees cannot be taken for each other.
  private static final AtomicLong LAST_ID = new AtomicLong();

  final long id;

  LinkRef(long id) {
    this.id = id;
  }

  /** Returns the first of {@code count} ids in a row that nobody else gets. */
  static long reserve(int count) {
    return LAST_ID.getAndAdd(count) + 1;
  }

  static LinkRef create() {
    return new LinkRef(LAST_ID.incrementAndGet());
  }

  @Override
  @Nullable
  Inode inodeOrNull(LinkTable links) {
    LinkTable.Target target = links.getOrNull(id);
    return target == null ? null : target.entry().inodeOrNull(links);
  }

  @Override
  boolean hasLinks() {
    return true;
  }
}
