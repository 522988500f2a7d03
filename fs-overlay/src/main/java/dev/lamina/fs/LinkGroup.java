// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/**
 * What a diff has seen of the names of one inode. They are unchanged if each of them was, and all
 * were the names of one inode in the base too.
 */
final class LinkGroup {
  private final int count;
  private int met;
  private long baseId;
  private boolean changed;

  LinkGroup(int count) {
    this.count = count;
  }

  /**
   * Counts a name.
   *
   * @param id the link it had in the base, with an equal inode, or -1
   * @param baseCount the number of names it had in the base
   */
  void add(long id, int baseCount) {
    changed |= id < 0 || baseCount != count || (met > 0 && id != baseId);
    baseId = id;
    met++;
  }

  boolean complete() {
    return met == count;
  }

  /**
   * Whether the layer must hold all its names. A name that was not met is in a shared directory, so
   * with the same id.
   */
  boolean changed() {
    return changed;
  }
}
