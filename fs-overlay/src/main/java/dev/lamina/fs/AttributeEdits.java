// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.function.IntUnaryOperator;

/** Operations that change the attributes of an inode. Bytes are never copied for that. */
final class AttributeEdits {
  private static final int MAX_XATTR = 64 << 10;

  private final Volume volume;

  AttributeEdits(Volume volume) {
    this.volume = volume;
  }

  /** Says whether an inode may be changed, and how it looks then. */
  private interface Edit {
    Inode run(Inode inode) throws IOException;
  }

  private void edit(OverlayPath path, boolean follow, Edit edit) throws IOException {
    Located changed =
        volume.edit(
            () -> {
              Located found = volume.require(path, follow);
              Inode inode = edit.run(volume.inode(path, follow));
              volume.own(found, path).set(inode, Volume.nanos(volume.now()));
              return found;
            });
    volume.changed(changed, ChangeKind.MODIFIED);
  }

  private void requireOwner(Inode inode, OverlayPath path) throws IOException {
    if (!volume.user.owns(inode)) {
      throw notPermitted(path);
    }
  }

  private static FileSystemException notPermitted(OverlayPath path) {
    return new FileSystemException(path.toString(), null, "operation not permitted");
  }

  void setMode(OverlayPath path, boolean follow, int mode) throws IOException {
    setMode(path, follow, old -> mode);
  }

  /** Sets the nine permission bits and leaves the other three. */
  void setPermissions(OverlayPath path, boolean follow, int bits) throws IOException {
    setMode(path, follow, mode -> (mode & 07000) | bits);
  }

  private void setMode(OverlayPath path, boolean follow, IntUnaryOperator change)
      throws IOException {
    edit(
        path,
        follow,
        inode -> {
          if (inode instanceof SymlinkInode) {
            throw new FileSystemException(
                path.toString(), null, "a symbolic link has no permissions");
          }
          requireOwner(inode, path);
          int mode = change.applyAsInt(inode.mode());
          boolean losesSetgid =
              !volume.user.mayEverything()
                  && !volume.user.isIn(inode.gid())
                  && !(inode instanceof DirectoryInode);
          return inode.withAttributes(
              inode.attributes.withMode(losesSetgid ? mode & ~02000 : mode));
        });
  }

  /**
   * Sets owner and group, -1 for as it is. As Linux does, it takes setuid and capabilities away.
   */
  void setOwner(OverlayPath path, boolean follow, long uid, long gid) throws IOException {
    edit(
        path,
        follow,
        inode -> {
          long newUid = uid < 0 ? inode.uid() : uid;
          long newGid = gid < 0 ? inode.gid() : gid;
          boolean may =
              volume.user.mayEverything()
                  || (volume.user.owns(inode)
                      && newUid == inode.uid()
                      && (newGid == inode.gid() || volume.user.isIn(newGid)));
          if (!may) {
            throw notPermitted(path);
          }
          Attributes owned = inode.attributes.withOwner((int) newUid, (int) newGid);
          return inode.withAttributes(
              inode instanceof FileInode ? withoutPrivileges(owned) : owned);
        });
  }

  private static Attributes withoutPrivileges(Attributes attributes) {
    int lost = 04000 | ((attributes.mode() & 0010) != 0 ? 02000 : 0);
    return attributes
        .withMode(attributes.mode() & ~lost)
        .withXattrs(attributes.xattrs().without("security.capability"));
  }

  void setMtime(OverlayPath path, boolean follow, Instant mtime) throws IOException {
    edit(
        path,
        follow,
        inode -> {
          requireOwner(inode, path);
          return inode.withMtime(mtime);
        });
  }

  /** Sets an extended attribute by its full name. */
  int setXattr(OverlayPath path, boolean follow, String name, ByteBuffer value) throws IOException {
    byte[] bytes = new byte[value.remaining()];
    if (bytes.length > MAX_XATTR || FileNames.encode(name).length > 255) {
      throw new FileSystemException(
          path.toString(), null, "extended attribute " + name + " is too large");
    }
    value.get(bytes);
    edit(
        path,
        follow,
        inode -> {
          checkXattr(inode, name, path);
          return inode.withAttributes(
              inode.attributes.withXattrs(inode.xattrs().with(name, bytes)));
        });
    return bytes.length;
  }

  void removeXattr(OverlayPath path, boolean follow, String name) throws IOException {
    edit(
        path,
        follow,
        inode -> {
          checkXattr(inode, name, path);
          if (!inode.xattrs().names().contains(name)) {
            throw noXattr(path, name);
          }
          return inode.withAttributes(inode.attributes.withXattrs(inode.xattrs().without(name)));
        });
  }

  static FileSystemException noXattr(OverlayPath path, String name) {
    return new FileSystemException(path.toString(), null, "no extended attribute " + name);
  }

  private void checkXattr(Inode inode, String name, OverlayPath path) throws IOException {
    if (!name.startsWith("user.")) {
      if (!volume.user.mayEverything()) {
        throw notPermitted(path);
      }
    } else if (!(inode instanceof FileInode) && !(inode instanceof DirectoryInode)) {
      throw notPermitted(path);
    } else if (!volume.user.mayWrite(inode)) {
      throw new AccessDeniedException(path.toString());
    }
  }
}
