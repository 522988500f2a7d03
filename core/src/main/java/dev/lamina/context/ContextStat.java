// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.HostStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** Looks at files of a context's folder, which need not be on a Unix file system. */
final class ContextStat {
  private ContextStat() {}

  /** Looks at a file; where the file system is no Unix one, modes are those Docker takes. */
  static HostStat of(Path file, boolean unix) throws IOException {
    return unix ? HostStat.read(file) : ofBasic(file);
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
