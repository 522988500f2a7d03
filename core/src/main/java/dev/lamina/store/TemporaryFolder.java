// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/**
 * Makes folders among the host's temporary files, each deleted when it is closed. What a process
 * left that was killed is deleted when the next of the same user makes one.
 */
final class TemporaryFolder {
  private static final String PREFIX = "lamina-store-";

  private TemporaryFolder() {}

  /** Makes a folder in the host's for temporary files, which nobody else can read. */
  static Sessions.Session open() throws IOException {
    return open(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** One at a time, as two threads can't ask for a lock on the same file. */
  static synchronized Sessions.Session open(Path parent) throws IOException {
    Sessions.Session session = Sessions.hold(Files.createTempDirectory(parent, PREFIX));
    UserPrincipal user = Files.getOwner(session.folder());
    try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path other : others) {
        sweep(other, user);
      }
    }
    return session;
  }

  private static void sweep(Path other, UserPrincipal user) {
    try {
      if (Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(user)
          && Sessions.isDead(other)) {
        Folders.deleteRecursively(other);
      }
    } catch (IOException e) {
      return; // swept by another just now, or with files of users that this one may not touch
    }
  }
}
