// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import javax.annotation.Nullable;

/**
 * The inodes of a tree that have several names: link id to inode and number of names. Immutable.
 */
final class LinkTable {
  static final LinkTable EMPTY = new LinkTable(NameMap.empty());

  private final NameMap<Target> targets;

  /** Takes targets by {@link #key}. */
  LinkTable(NameMap<Target> targets) {
    this.targets = targets;
  }

  @Nullable
  Target getOrNull(long id) {
    return targets.get(key(id));
  }

  Target get(long id) {
    Target target = getOrNull(id);
    if (target == null) {
      throw new IllegalStateException("link " + id + " is in no table");
    }
    return target;
  }

  LinkTable with(long id, Target target) {
    return new LinkTable(targets.with(key(id), target));
  }

  LinkTable without(long id) {
    return new LinkTable(targets.without(key(id)));
  }

  /** The inode of an entry that belongs to the frozen tree of this table. */
  Inode inode(Entry entry) {
    Inode inode = entry.inodeOrNull(this);
    if (inode == null) {
      throw new IllegalStateException("dangling link");
    }
    return inode;
  }

  Node node(Entry entry) {
    return inode(entry).node(this);
  }

  /** How many names the inode of {@code entry} has. */
  int count(Entry entry) {
    return entry instanceof LinkRef ref ? get(ref.id).count() : 1;
  }

  static byte[] key(long id) {
    byte[] key = new byte[8];
    for (int i = 7; i >= 0; i--) {
      key[i] = (byte) (id >>> (8 * (7 - i)));
    }
    return key;
  }

  /** An inode, or the cell it is in, and its number of names. */
  record Target(Entry entry, int count) {
    Target withCount(int newCount) {
      return new Target(entry, newCount);
    }

    Target withEntry(Entry newEntry) {
      return new Target(newEntry, count);
    }
  }
}
