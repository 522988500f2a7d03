// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.archive.FolderWriter;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.HostNames;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * A file or directory of a container on its way out, as {@code docker cp} takes it.
 *
 * @param node what is copied
 * @param name the name it has in the container; empty for its root
 * @param contents whether only what is in it is meant
 */
record CopyOut(Node node, String name, boolean contents) {
  private static final int MAX_LINKS = 40;

  /**
   * Finds what is to be copied. A link in the last place is not followed, unless a slash behind it
   * says that a directory is meant.
   *
   * @param source a path of the container; a directory that ends with {@code /.} stands for what is
   *     in it
   */
  static CopyOut of(FileTree files, String source) throws IOException {
    boolean contents = source.endsWith("/.") || source.equals(".");
    boolean directory = contents || source.endsWith("/") || source.isEmpty();
    String path = source.replaceFirst("/?\\.?$", "").replaceFirst("/+$", "");
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    TreePath found;
    if (directory || name.equals("..") || name.equals(".")) {
      found = files.follow(source);
    } else {
      found = files.follow(path.substring(0, slash + 1)).resolve(name);
    }
    Node node = files.node(found).orElseThrow(() -> new NoSuchFileException(source));
    if (directory && !(node instanceof Node.Directory)) {
      throw new NotDirectoryException(source);
    }
    return new CopyOut(node, found.isRoot() ? "" : name, contents || found.isRoot());
  }

  /** Returns the copy as a tree, in which it has its name; of contents, the root is theirs. */
  FileTree tree() throws IOException {
    return contents ? FileTree.of((Node.Directory) node) : named(name);
  }

  private FileTree named(String newName) throws IOException {
    return FileTree.empty().graft(TreePath.of(newName), node);
  }

  /**
   * Writes it to the host.
   *
   * @param destination a host file or folder, there or not; links are followed
   */
  void writeTo(Path destination) throws IOException {
    Path target = followed(destination);
    Path parent = target.resolveSibling(""); // a root is its own
    if (!Files.isDirectory(parent)) {
      throw new NoSuchFileException(parent.toString());
    }
    boolean directory = node instanceof Node.Directory;
    switch (CopyTarget.of(directory, contents, found(target), destination.toString(), false)) {
      case CONTENTS -> FolderWriter.merge(tree(), target);
      case CHILD -> FolderWriter.merge(named(name), target);
      case ITSELF -> FolderWriter.merge(named(HostNames.name(target)), parent);
    }
  }

  private static CopyTarget.Found found(Path target) {
    if (Files.isDirectory(target)) {
      return CopyTarget.Found.DIRECTORY;
    }
    return Files.exists(target) ? CopyTarget.Found.OTHER : CopyTarget.Found.NOTHING;
  }

  /** Follows a link even if it leads to nothing. */
  private static Path followed(Path destination) throws IOException {
    Path at = destination.toAbsolutePath();
    for (int i = 0; i < MAX_LINKS && Files.isSymbolicLink(at); i++) {
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    return at;
  }
}
