// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import javax.annotation.Nullable;

/**
 * An inode that one live tree may change in place for as long as its edit token lasts. Once the
 * token is gone (a snapshot was taken) the cell never changes again.
 *
 * <p>Readers need no lock: {@link #inode} is one volatile read of an immutable value.
 */
final class Cell extends Entry {
  final Epoch token;

  /** The inode's number for as long as the live tree knows it. */
  final long number;

  private volatile Inode inode;

  /** Nanoseconds since 1970 of the last change of inode or content, 0 if it wasn't changed. */
  private volatile long changed;

  /** What stays the same when a later epoch copies this cell; null if nobody has to find it. */
  private volatile @Nullable Place place;

  Cell(Epoch token, long number, Inode inode) {
    this.token = token;
    this.number = number;
    this.inode = inode;
  }

  /** A copy that a later epoch may change, at the same place. */
  Cell copy(Epoch newToken) {
    Cell copy = new Cell(newToken, number, inode);
    copy.changed = changed;
    return copy;
  }

  Inode inode() {
    return inode;
  }

  DirectoryInode directory() {
    return (DirectoryInode) inode;
  }

  void set(Inode newInode) {
    inode = newInode;
  }

  /** As {@link #set}, at a time that becomes the inode's ctime. */
  void set(Inode newInode, long nanos) {
    inode = newInode;
    changed = nanos;
  }

  long changed() {
    return changed;
  }

  @Nullable
  Place placeOrNull() {
    return place;
  }

  void setPlace(@Nullable Place newPlace) {
    place = newPlace;
  }

  @Override
  Inode inodeOrNull(LinkTable links) {
    return inode;
  }

  @Override
  boolean hasLinks() {
    return inode.hasLinks();
  }
}
