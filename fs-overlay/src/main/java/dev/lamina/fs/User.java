// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Set;

/**
 * Who acts on a file system, and whether anything is refused to him.
 *
 * @param uid his id
 * @param gid his group, which new files get
 * @param groups his other groups
 * @param checked whether permissions are enforced; never for root
 */
record User(long uid, long gid, Set<Long> groups, boolean checked) implements Access {
  static final User ROOT = new User(0, 0, Set.of(), false);
  private static final int READ = 4;
  private static final int WRITE = 2;
  private static final int EXECUTE = 1;

  boolean mayEverything() {
    return !checked || uid == 0;
  }

  @Override
  public boolean maySearch(DirectoryInode directory) {
    return mayEverything() || may(directory, EXECUTE);
  }

  boolean mayRead(Inode inode) {
    return mayEverything() || may(inode, READ);
  }

  boolean mayWrite(Inode inode) {
    return mayEverything() || may(inode, WRITE);
  }

  /** Even root may only execute what somebody may. */
  boolean mayExecute(Inode inode) {
    return mayEverything()
        ? inode instanceof DirectoryInode || (inode.mode() & 0111) != 0
        : may(inode, EXECUTE);
  }

  private boolean may(Inode inode, int what) {
    int mode = inode.mode();
    int bits = inode.uid() == uid ? mode >> 6 : isIn(inode.gid()) ? mode >> 3 : mode;
    return (bits & what) != 0;
  }

  boolean isIn(long group) {
    return group == gid || groups.contains(group);
  }

  boolean owns(Inode inode) {
    return mayEverything() || inode.uid() == uid;
  }

  /** Whether he may put names into a directory or take them out. */
  boolean mayEdit(DirectoryInode directory) {
    return mayEverything() || (may(directory, WRITE) && may(directory, EXECUTE));
  }

  /** Whether he may take the name of {@code inode} out of a directory that may be sticky. */
  boolean mayRemove(DirectoryInode directory, Inode inode) {
    return mayEdit(directory)
        && ((directory.mode() & 01000) == 0 || owns(inode) || owns(directory));
  }
}
