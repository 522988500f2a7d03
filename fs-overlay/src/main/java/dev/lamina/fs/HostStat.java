// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What one {@code lstat} says of a host file.
 *
 * @param type what it is
 * @param mode its permission bits, 0 to 07777
 * @param uid its owner, 0 to 4294967295
 * @param gid its group, 0 to 4294967295
 * @param links how many names it has
 * @param device the number of the device it is on
 * @param inode its number there
 * @param rdev for a device, its own number
 * @param size in bytes
 * @param modified when its content was last changed
 * @param changed when its content or its attributes were last changed
 */
public record HostStat(
    Type type,
    int mode,
    long uid,
    long gid,
    int links,
    long device,
    long inode,
    long rdev,
    long size,
    Instant modified,
    Instant changed) {
  /** Each name costs: it is looked up for each file. */
  private static final String OF_ANY_OWNER = "unix:mode,nlink,dev,ino,size,lastModifiedTime,ctime";

  private static final String ATTRIBUTES = OF_ANY_OWNER + ",uid,gid,rdev";

  /** What a file of Linux can be. */
  public enum Type {
    /** A regular file. */
    FILE,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link. */
    SYMLINK,
    /** A block device. */
    BLOCK_DEVICE,
    /** A character device. */
    CHARACTER_DEVICE,
    /** A named pipe. */
    FIFO,
    /** A socket, or what only other systems have. */
    OTHER;

    private static Type of(int mode) {
      return switch (mode & FileTypes.MASK) {
        case FileTypes.FILE -> FILE;
        case FileTypes.DIRECTORY -> DIRECTORY;
        case FileTypes.SYMLINK -> SYMLINK;
        case FileTypes.BLOCK -> BLOCK_DEVICE;
        case FileTypes.CHARACTER -> CHARACTER_DEVICE;
        case FileTypes.FIFO -> FIFO;
        default -> OTHER;
      };
    }
  }

  /**
   * Looks at a file; a link is not followed.
   *
   * @param file of a file system that has the attribute view {@code unix}
   * @throws java.nio.file.NoSuchFileException if there is nothing
   */
  public static HostStat read(Path file) throws IOException {
    Map<String, Object> a = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    long uid = number(a, "uid") & 0xFFFFFFFFL;
    long gid = number(a, "gid") & 0xFFFFFFFFL;
    return of(a, uid, gid, number(a, "rdev"));
  }

  /**
   * Looks at a file as {@link #read} does, for somebody who doesn't ask whose it is: owner and
   * group are 0 whatever they are.
   */
  public static HostStat readOfAnyOwner(Path file) throws IOException {
    Map<String, Object> a = Files.readAttributes(file, OF_ANY_OWNER, LinkOption.NOFOLLOW_LINKS);
    HostStat stat = of(a, 0, 0, 0);
    return switch (stat.type) {
      case BLOCK_DEVICE, CHARACTER_DEVICE -> of(a, 0, 0, read(file).rdev);
      default -> stat;
    };
  }

  private static HostStat of(Map<String, Object> a, long uid, long gid, long rdev) {
    int mode = (int) number(a, "mode");
    return new HostStat(
        Type.of(mode),
        mode & 07777,
        uid,
        gid,
        (int) number(a, "nlink"),
        number(a, "dev"),
        number(a, "ino"),
        rdev,
        number(a, "size"),
        time(a, "lastModifiedTime"),
        time(a, "ctime"));
  }

  private static long number(Map<String, Object> attributes, String name) {
    if (attributes.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException("unix:" + name + ": expected a number, found none");
  }

  private static Instant time(Map<String, Object> attributes, String name) {
    if (attributes.get(name) instanceof FileTime time) {
      return time.toInstant();
    }
    throw new IllegalStateException("unix:" + name + ": expected a time, found none");
  }

  /** Returns whether it is a directory. */
  public boolean isDirectory() {
    return type == Type.DIRECTORY;
  }

  /** Returns the first half of a device's number, as glibc's {@code gnu_dev_major}. */
  public int major() {
    return FileTypes.major(rdev);
  }

  /** Returns the second half of a device's number, as glibc's {@code gnu_dev_minor}. */
  public int minor() {
    return FileTypes.minor(rdev);
  }

  /** Returns the attributes it has, and extended ones, which are read by other means. */
  public Metadata metadata(Xattrs xattrs) {
    return new Metadata(mode, uid, gid, modified, xattrs);
  }
}
