// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.HostStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;

/** Looks at files of a context's folder, which need not be on a Unix file system. */
final class ContextStat {
  private static final String VERSION = "unix:dev,ino,size,lastModifiedTime,ctime,fileKey";

  private ContextStat() {}

  /**
   * Looks at a file, whoever owns it: in a context it is root's. Where the file system is no Unix
   * one, modes are those Docker takes.
   */
  static HostStat of(Path file, boolean unix) throws IOException {
    return unix ? HostStat.readOfAnyOwner(file) : ofBasic(file);
  }

  /**
   * Tells whether there is a file of a version at a path, and whether it is the one of a key.
   *
   * @param key the file's key; null if any will do
   */
  static boolean is(Path file, FileVersion version, @Nullable Object key) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return FileVersion.of(ofBasic(file)).equals(version);
    }
    Map<String, Object> now = Files.readAttributes(file, VERSION, LinkOption.NOFOLLOW_LINKS);
    return Objects.equals(now.get("ino"), version.inode())
        && Objects.equals(now.get("dev"), version.device())
        && Objects.equals(now.get("size"), version.size())
        && Objects.equals(now.get("lastModifiedTime"), FileTime.from(version.modified()))
        && Objects.equals(now.get("ctime"), FileTime.from(version.changed()))
        && (key == null || key.equals(now.get("fileKey")));
  }

  private static HostStat ofBasic(Path file) throws IOException {
    BasicFileAttributes a =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    HostStat.Type type = type(a);
    Instant modified = a.lastModifiedTime().toInstant();
    int mode = type == HostStat.Type.SYMLINK ? 0777 : 0755;
    return new HostStat(type, mode, 0, 0, 1, 0, 0, 0, a.size(), modified, modified);
  }

  private static HostStat.Type type(BasicFileAttributes a) {
    if (a.isDirectory()) {
      return HostStat.Type.DIRECTORY;
    }
    if (a.isSymbolicLink()) {
      return HostStat.Type.SYMLINK;
    }
    return a.isRegularFile() ? HostStat.Type.FILE : HostStat.Type.OTHER;
  }
}
