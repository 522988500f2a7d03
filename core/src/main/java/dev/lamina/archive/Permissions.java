// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import javax.annotation.Nullable;

/** What others may do with files written here: temporary files begin as their owner's alone. */
final class Permissions {
  private Permissions() {}

  /** Makes a file {@code rw-r--r--}, where files have permissions. */
  static void readableByAll(Path file) throws IOException {
    @Nullable
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
    }
  }
}
