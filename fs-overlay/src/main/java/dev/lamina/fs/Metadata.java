// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.time.Instant;

/**
 * The attributes of an inode that a layer keeps.
 *
 * @param mode permission bits with setuid, setgid and sticky, 0 to 07777; no file type
 * @param uid owner, 0 to 4294967295
 * @param gid group, 0 to 4294967295
 * @param mtime time of the last modification, nanoseconds kept
 * @param xattrs extended attributes of all name spaces
 */
public record Metadata(int mode, long uid, long gid, Instant mtime, Xattrs xattrs) {
  private static final long MAX_ID = 0xFFFF_FFFFL;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if mode, uid or gid are out of range
   */
  public Metadata {
    if ((mode & ~07777) != 0) {
      throw new IllegalArgumentException(
          String.format("mode: expected 0 to 07777, found 0%o", mode));
    }
    requireId("uid", uid);
    requireId("gid", gid);
  }

  private static void requireId(String what, long id) {
    if (id < 0 || id > MAX_ID) {
      throw new IllegalArgumentException(what + ": expected 0 to 4294967295, found " + id);
    }
  }

  /** Returns attributes with a mode and a time, owned by root, without extended attributes. */
  public static Metadata of(int mode, Instant mtime) {
    return new Metadata(mode, 0, 0, mtime, Xattrs.empty());
  }

  /** Returns these attributes with another mode. */
  public Metadata withMode(int newMode) {
    return new Metadata(newMode, uid, gid, mtime, xattrs);
  }

  /** Returns these attributes with another owner and group. */
  public Metadata withOwner(long newUid, long newGid) {
    return new Metadata(mode, newUid, newGid, mtime, xattrs);
  }

  /** Returns these attributes with another time of modification. */
  public Metadata withMtime(Instant newMtime) {
    return new Metadata(mode, uid, gid, newMtime, xattrs);
  }

  /** Returns these attributes with other extended attributes. */
  public Metadata withXattrs(Xattrs newXattrs) {
    return new Metadata(mode, uid, gid, mtime, newXattrs);
  }
}
