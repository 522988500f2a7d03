// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import javax.annotation.Nullable;

/**
 * The attributes that many inodes have in common; ids are unsigned. Equal ones are mostly the same
 * object, since a tree of a million files has a few dozen of them.
 */
record Attributes(int mode, int uid, int gid, Xattrs xattrs) {
  // Lossy and racy on purpose: records are safe to publish, and a miss costs one allocation.
  private static final Attributes[] RECENT = new Attributes[256];

  static Attributes of(Metadata metadata) {
    return of(metadata.mode(), (int) metadata.uid(), (int) metadata.gid(), metadata.xattrs());
  }

  static Attributes of(int mode, int uid, int gid, Xattrs xattrs) {
    int slot = (hash(mode, uid, gid, xattrs) * 0x9E3779B9) >>> 24;
    Attributes recent = RECENT[slot];
    if (recent != null
        && recent.mode == mode
        && recent.uid == uid
        && recent.gid == gid
        && recent.xattrs.equals(xattrs)) {
      return recent;
    }
    Attributes made = new Attributes(mode, uid, gid, xattrs);
    RECENT[slot] = made;
    return made;
  }

  // A record's own equals and hashCode are linked anew in each JVM, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object o) {
    return o == this
        || (o instanceof Attributes other
            && mode == other.mode
            && uid == other.uid
            && gid == other.gid
            && xattrs.equals(other.xattrs));
  }

  @Override
  public int hashCode() {
    return hash(mode, uid, gid, xattrs);
  }

  private static int hash(int mode, int uid, int gid, Xattrs xattrs) {
    return (mode * 31 + uid) * 31 + gid + (xattrs.isEmpty() ? 0 : xattrs.hashCode());
  }

  Attributes withMode(int newMode) {
    return of(newMode, uid, gid, xattrs);
  }

  Attributes withOwner(int newUid, int newGid) {
    return of(mode, newUid, newGid, xattrs);
  }

  Attributes withXattrs(Xattrs newXattrs) {
    return of(mode, uid, gid, newXattrs);
  }
}
