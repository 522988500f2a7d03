// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Metadata;
import dev.lamina.fs.Xattrs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What there is to know of a host file, a link not followed.
 *
 * @param type what it is
 * @param mode its permission bits, 0 to 07777
 * @param links how many names it has
 * @param device for a device, its number
 * @param version what changes when its content does
 */
record HostStat(Type type, int mode, int links, long device, FileVersion version) {
  enum Type {
    FILE,
    DIRECTORY,
    LINK,
    FIFO,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    OTHER
  }

  private static final String UNIX = "unix:mode,nlink,rdev,dev,ino,size,lastModifiedTime,ctime";

  /** Looks at a file; where the file system is no Unix one, modes are those Docker takes. */
  static HostStat of(Path file, boolean unix) throws IOException {
    return unix ? ofUnix(file) : ofBasic(file);
  }

  private static HostStat ofUnix(Path file) throws IOException {
    Map<String, Object> a = Files.readAttributes(file, UNIX, LinkOption.NOFOLLOW_LINKS);
    FileVersion version =
        new FileVersion(
            number(a, "dev"),
            number(a, "ino"),
            number(a, "size"),
            time(a, "lastModifiedTime"),
            time(a, "ctime"));
    int mode = (int) number(a, "mode");
    return new HostStat(
        type(mode), mode & 07777, (int) number(a, "nlink"), number(a, "rdev"), version);
  }

  private static Type type(int mode) {
    return switch (mode & 0170000) {
      case 0010000 -> Type.FIFO;
      case 0020000 -> Type.CHARACTER_DEVICE;
      case 0040000 -> Type.DIRECTORY;
      case 0060000 -> Type.BLOCK_DEVICE;
      case 0100000 -> Type.FILE;
      case 0120000 -> Type.LINK;
      default -> Type.OTHER;
    };
  }

  private static HostStat ofBasic(Path file) throws IOException {
    BasicFileAttributes a =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Instant modified = a.lastModifiedTime().toInstant();
    FileVersion version = new FileVersion(0, 0, a.size(), modified, modified);
    if (a.isDirectory()) {
      return new HostStat(Type.DIRECTORY, 0755, 1, 0, version);
    }
    if (a.isSymbolicLink()) {
      return new HostStat(Type.LINK, 0777, 1, 0, version);
    }
    return new HostStat(a.isRegularFile() ? Type.FILE : Type.OTHER, 0755, 1, 0, version);
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static Instant time(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof FileTime time ? time.toInstant() : Instant.EPOCH;
  }

  boolean isDirectory() {
    return type == Type.DIRECTORY;
  }

  int major() {
    return (int) ((device >> 8 & 0xfff) | (device >> 32 & ~0xfffL));
  }

  int minor() {
    return (int) ((device & 0xff) | (device >> 12 & ~0xffL));
  }

  /** Returns the attributes a context's file has: root's, whoever owns it on the host. */
  Metadata metadata() {
    return new Metadata(mode, 0, 0, version.modified(), Xattrs.empty());
  }
}
