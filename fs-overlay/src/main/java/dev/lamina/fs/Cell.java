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
  final Object token;
  private volatile Inode inode;

  /** What stays the same when a later epoch copies this cell; null if nobody has to find it. */
  private volatile @Nullable Place place;

  Cell(Object token, Inode inode, @Nullable Place place) {
    this.token = token;
    this.inode = inode;
    this.place = place;
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
