// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * The inode numbers and change times of the files below a directory: a file that still has both has
 * not been written to, whatever its modification time says.
 */
final class CopyStamps {
  /** No stamps: every file may have changed. */
  static final CopyStamps NONE = new CopyStamps(Map.of());

  private final Map<Path, Map<String, Object>> stamps;

  private CopyStamps(Map<Path, Map<String, Object>> stamps) {
    this.stamps = stamps;
  }

  /** Takes the stamps of all regular files that can be reached. */
  static CopyStamps of(Path directory) throws IOException {
    Map<Path, Map<String, Object>> stamps = new HashMap<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              stamps.put(file, stamp(file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // another user's: it is compared byte by byte
          }
        });
    return new CopyStamps(stamps);
  }

  private static Map<String, Object> stamp(Path file) throws IOException {
    return Files.readAttributes(file, "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS);
  }

  /** Tells whether a file is certainly as it was. */
  boolean isUnchanged(Path file) throws IOException {
    Map<String, Object> stamp = stamps.get(file);
    return stamp != null && stamp.equals(stamp(file));
  }
}
