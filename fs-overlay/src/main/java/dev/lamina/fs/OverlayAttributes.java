// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.Set;

/** The attributes of an inode at one moment. */
final class OverlayAttributes implements PosixFileAttributes {
  private final Volume volume;
  private final Located found;
  final Inode inode;
  private final long size;
  private final int linkCount;
  private final long changed;

  OverlayAttributes(Volume volume, Located found, Inode inode) {
    this.volume = volume;
    this.found = found;
    this.inode = inode;
    this.size =
        inode instanceof FileInode file
            ? file.size()
            : inode instanceof SymlinkInode link ? link.rawTarget.length : 0;
    Entry entry = found.entry();
    LinkTable.Target target =
        entry instanceof LinkRef ref ? volume.tree.links().getOrNull(ref.id) : null;
    this.linkCount = target == null ? 1 : target.count();
    Entry holder = target == null ? entry : target.entry();
    this.changed = holder instanceof Cell cell ? cell.changed() : 0;
  }

  @Override
  public FileTime lastModifiedTime() {
    return FileTime.from(inode.mtime());
  }

  /** The time of the last modification: reading a file changes nothing. */
  @Override
  public FileTime lastAccessTime() {
    return lastModifiedTime();
  }

  /** The time of the last modification: layers know no other. */
  @Override
  public FileTime creationTime() {
    return lastModifiedTime();
  }

  /** When anything about the inode was changed; what a tree brought in has no time for that. */
  FileTime changeTime() {
    return changed == 0 ? lastModifiedTime() : FileTime.from(Instant.EPOCH.plusNanos(changed));
  }

  @Override
  public boolean isRegularFile() {
    return inode instanceof FileInode;
  }

  @Override
  public boolean isDirectory() {
    return inode instanceof DirectoryInode;
  }

  @Override
  public boolean isSymbolicLink() {
    return inode instanceof SymlinkInode;
  }

  @Override
  public boolean isOther() {
    return inode instanceof SpecialInode;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Object fileKey() {
    return new FileKey(volume.id(), number());
  }

  /** What {@code equals} for all names of one inode, and for nothing else. */
  private record FileKey(long device, long number) {}

  long number() {
    return InodeNumbers.of(volume.tree, found);
  }

  long device() {
    return volume.id();
  }

  int linkCount() {
    return linkCount;
  }

  /** File type and permissions as stat has them. */
  int mode() {
    return FileTypes.bits(inode) | inode.mode();
  }

  long rdev() {
    return FileTypes.device(inode);
  }

  @Override
  public UserPrincipal owner() {
    return volume.principals.user(inode.uid());
  }

  @Override
  public GroupPrincipal group() {
    return volume.principals.group(inode.gid());
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    return InitialMode.permissions(inode.mode());
  }
}
