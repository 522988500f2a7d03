// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The folder a test of the contract works in. */
interface ContractFixture {
  /** The folder, with the files of {@link #lower} in it. */
  Path root();

  /** A path below the root. */
  default Path p(String path) {
    return root().resolve(path);
  }

  /** The number of names of the inode at a path. */
  static int links(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes the files that are there before a test begins, so that they are in lower layers if there
   * are any.
   */
  static void lower(Path root) throws IOException {
    Files.createDirectories(root.resolve("low/dir"));
    Files.writeString(root.resolve("low/file"), "lower text");
    Files.writeString(root.resolve("low/dir/nested"), "nested");
    Files.createSymbolicLink(root.resolve("low/link"), root.getFileSystem().getPath("file"));
    Files.createLink(root.resolve("low/hard"), root.resolve("low/file"));
  }
}
