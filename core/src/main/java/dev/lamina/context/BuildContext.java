// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files a build may copy from.
 *
 * <pre>{@code
 * BuildContext.folder(Path.of("shop"));
 * BuildContext.tar(Path.of("shop.tar.gz"));
 * BuildContext.of(Map.of("app/run.sh", "#!/bin/sh\n".getBytes(UTF_8)));
 * }</pre>
 *
 * <p>What its {@code .dockerignore} names is not part of it. Immutable, and safe for use by several
 * threads.
 */
public interface BuildContext {

  /**
   * Returns the files as a tree, all of root's. A folder's files are read only when somebody reads
   * them in the tree, and must not change until the build is over.
   *
   * @param needed paths and wildcards below the root; what none of them names, nor lies below one
   *     that is named, may be left out
   * @throws IOException if the files can't be had
   * @throws InterruptedException if this thread was interrupted meanwhile
   */
  FileTree tree(Set<String> needed) throws IOException, InterruptedException;

  /**
   * Returns the files as {@link #tree} does, with what tells whether they are those of another
   * time, which may cost less than to look at them in the tree.
   *
   * @param needed as for {@link #tree}
   * @throws IOException if the files can't be had
   * @throws InterruptedException if this thread was interrupted meanwhile
   */
  default VersionedTree scan(Set<String> needed) throws IOException, InterruptedException {
    return VersionedTree.of(tree(needed));
  }

  /**
   * Returns a file, whether or not it is left out; links are followed inside the context.
   *
   * @param path below the root
   */
  Optional<Content> file(String path) throws IOException, InterruptedException;

  /**
   * Returns the rules that say what is left out.
   *
   * @throws IOException if they can't be read
   * @throws InterruptedException if this thread was interrupted meanwhile
   */
  Dockerignore ignore() throws IOException, InterruptedException;

  /** Returns this with other rules in the place of its {@code .dockerignore}. */
  BuildContext withIgnore(Dockerignore rules);

  /** Returns a context without files. */
  static BuildContext empty() {
    return of(FileTree.empty());
  }

  /**
   * Returns the files below a folder of the host's file system or any other: a zip's, an image's,
   * one in memory. All of a host's files are root's.
   */
  static BuildContext folder(Path folder) {
    return new FilteredContext(new FolderFiles(folder), Optional.empty());
  }

  /**
   * Returns the files in a tar, compressed in any format or not, as {@code docker build - <
   * context.tar.gz} takes them: with their owners, and whatever a {@code .dockerignore} among them
   * says. It is read when something is built, and must not change until that is over.
   */
  static BuildContext tar(Path archive) {
    return new FilteredContext(TarFiles.of(archive), Optional.of(Dockerignore.none()));
  }

  /**
   * Returns the files in a tar as {@link #tar(Path)} does. The stream is read to its end now, and
   * stays open.
   */
  static BuildContext tar(InputStream archive) throws IOException {
    return new FilteredContext(TarFiles.of(archive), Optional.of(Dockerignore.none()));
  }

  /** Returns the files of a tree, such as an image's. */
  static BuildContext of(FileTree tree) {
    return new FilteredContext(new TreeFiles(tree), Optional.empty());
  }

  /**
   * Returns files given by path; the directories above them are made. Files are 0644, directories
   * 0755, all of 1970-01-01.
   */
  static BuildContext of(Map<String, byte[]> files) {
    return new FilteredContext(TreeFiles.of(files), Optional.empty());
  }
}
