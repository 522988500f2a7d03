// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The files a step may take from, wherever they are. */
public interface StepFiles {

  /** Returns the files of a source, once they are there. */
  FileTree tree(FileSource source) throws IOException, InterruptedException;

  /**
   * Returns a path of a source's files, for {@code java.nio.file} to read; it can't be written to.
   *
   * @param path below the source's root; links are followed inside the source
   */
  default Path path(FileSource source, String path) throws IOException, InterruptedException {
    return OverlayFileSystem.builder(tree(source)).readOnly().build().getPath("/" + path);
  }

  /**
   * Returns the file behind an {@code http} or {@code https} URL. It is fetched once a build, and
   * not at all if the server says that the one from an earlier build is still the same.
   */
  RemoteFile fetch(URI url) throws IOException, InterruptedException;

  /**
   * Returns the files of a Git repository; needs the {@code git} program.
   *
   * @param keepGitDir whether {@code .git} is one of them
   */
  Checkout checkout(GitSource source, boolean keepGitDir) throws IOException, InterruptedException;
}
